using System.Text.Json.Serialization;
using Strangler.Core.Redaction;

namespace Strangler.Core.Compare;

/// <summary>
/// What is kept of a value once the comparison is over. It fails closed: the value itself is kept only when a rule says
/// <c>show: true</c> for its path, or when it cannot be personal (a status code, a media type).
/// </summary>
/// <param name="Type">What the value is.</param>
/// <param name="Length">Characters of a scalar, items of an array, fields of an object, bytes of a body.</param>
/// <param name="Text">The value, at most <see cref="MaxText"/> characters of it, when it may be shown; else null.</param>
/// <param name="Token">A keyed token when it may not: equal values have equal tokens; null for containers and for nothing.</param>
public sealed record ValueSummary(SummaryType Type, int Length, string? Text, string? Token)
{
    /// <summary>The most characters of a shown value that are kept.</summary>
    public const int MaxText = 200;

    /// <summary>The summary of a place where there is nothing.</summary>
    public static ValueSummary Missing { get; } = new(SummaryType.Missing, 0, null, null);

    /// <summary>A summary that shows its text without what is personal in it, cut to <see cref="MaxText"/> characters.</summary>
    /// <param name="type">What the value is.</param>
    /// <param name="text">The value.</param>
    /// <param name="tokens">Makes the tokens that tell what is personal apart; null to name only its kind.</param>
    public static ValueSummary Shown(SummaryType type, string text, ValueTokens? tokens = null)
    {
        var clean = tokens is null ? PersonalData.Mask(text) : PersonalData.Redact(text, tokens);
        return new(type, text.Length, clean.Length <= MaxText ? clean : string.Concat(clean.AsSpan(0, MaxText), "..."), null);
    }

    /// <summary>For people: the value, or what may be said about it, for example <c>string(12) #9f86d081884c7d65</c>.</summary>
    public override string ToString()
    {
        if (Text is not null) return Text;
        return Type switch
        {
            SummaryType.Missing => "(missing)",
            SummaryType.Null => "null",
            SummaryType.Array => $"array({Length})",
            SummaryType.Object => $"object({Length})",
            _ => $"{Name}({Length}) #{Token}",
        };
    }

    /// <summary>The same as <see cref="ToString"/>; null where there is nothing.</summary>
    [JsonIgnore]
    public string? TextOrNull => Type == SummaryType.Missing ? null : ToString();

    private string Name => Type.ToString().ToLowerInvariant();
}
