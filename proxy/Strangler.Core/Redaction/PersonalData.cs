using System.Text;
using System.Text.RegularExpressions;
using Strangler.Core.Compare;
using Strangler.Core.Model;

namespace Strangler.Core.Redaction;

/// <summary>
/// Finds personal data in texts that would be kept in the clear, and puts a word for its kind in its place. The rules decide which values may
/// be kept; this is what stands behind them when a rule shows more than was meant.
/// </summary>
public static partial class PersonalData
{
    // A text that is cut could end within a number, so what stands at the cut is not kept at all.
    private const int Window = 4096;
    private const int Kept = 3072;

    /// <summary>Everything personal in a text, in its order; of two that overlap the first of <see cref="PersonalKind"/>.</summary>
    public static IReadOnlyList<Finding> Find(string text)
    {
        if (!MayHold(text)) return [];
        var found = new List<Finding>();
        foreach (var finding in Detectors.All(text))
        {
            if (!found.Exists(other => finding.Start < other.End && other.Start < finding.End)) found.Add(finding);
        }

        found.Sort(static (one, other) => one.Start.CompareTo(other.Start));
        return found;
    }

    /// <summary>The text with <c>[email]</c> and the like in the places of what is personal.</summary>
    public static string Mask(string text) => Replace(text, static (kind, _) => $"[{kind}]");

    /// <summary>The same with a keyed token, <c>[email #9f86d081884c7d65]</c>: equal ones stay equal.</summary>
    public static string Redact(string text, ValueTokens tokens) => Replace(text, (kind, value) => $"[{kind} #{tokens.Token(value)}]");

    /// <summary>A path of stored differences with a wildcard for each name that was masked, so that it leads to the nodes again.</summary>
    /// <param name="path">For example <c>$.map['[email]'].price</c>.</param>
    public static string Widen(string path) => MaskedName().Replace(path, "[*]");

    private static string Replace(string text, Func<string, string, string> stand)
    {
        var whole = text.Length <= Window;
        if (!whole) text = text[..Window];
        var found = Find(text);
        if (whole && found.Count == 0) return text;
        var end = whole ? text.Length : Kept;
        var clean = new StringBuilder(text.Length);
        var at = 0;
        foreach (var finding in found)
        {
            if (finding.Start >= end) break;
            clean.Append(text, at, finding.Start - at).Append(stand(KebabNames<PersonalKind>.Of(finding.Kind), text.Substring(finding.Start, finding.Length)));
            at = finding.End;
        }

        if (at < end) clean.Append(text, at, end - at);
        return clean.ToString();
    }

    [GeneratedRegex(@"\['(?:[^'\\]|\\.)*\[(?:jwt|email|iban|card|phone)\](?:[^'\\]|\\.)*'\]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MaskedName();

    // Most texts are words: nothing personal that is looked for has neither an at sign nor eight digits nor begins like a token.
    private static bool MayHold(string text)
    {
        const int fewestDigits = 8;
        var digits = 0;
        foreach (var c in text)
        {
            if (c == '@') return true;
            if (char.IsAsciiDigit(c) && ++digits == fewestDigits) return true;
        }

        return text.Contains("%40", StringComparison.Ordinal) || text.Contains("eyJ", StringComparison.Ordinal);
    }
}
