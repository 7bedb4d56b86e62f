using System.Text.Json;
using Strangler.Core.Admin;

namespace Strangler.Demo.Tour;

/// <summary>A defect that Catalog has on purpose, and how the differences must name it.</summary>
/// <param name="Setting">Its name in Catalog's settings.</param>
/// <param name="Sentence">What is wrong, for people.</param>
/// <param name="Kinds">The kinds of difference that it may be found as.</param>
/// <param name="Field">The end of the path that must be named; null when it is no field's fault.</param>
internal sealed record Defect(string Setting, string Sentence, IReadOnlyList<string> Kinds, string? Field)
{
    private static readonly Defect[] All =
    [
        new("WrongValue", "rounds priceWithTax half up instead of cutting it off", ["number"], "priceWithTax"),
        new("MissingField", "leaves weightGrams out when it is unknown", ["missing", "null-vs-missing"], "weightGrams"),
        new("WrongStatus", "answers 404 for discontinued products, not 410", ["status"], null),
        new("WrongOrder", "sorts lists by price instead of by name", ["order", "item-missing", "item-extra"], "items"),
    ];

    /// <summary>The defect of a seed.</summary>
    public static Defect Of(int seed) => All[seed % All.Length];

    /// <summary>Whether a group of differences names this defect.</summary>
    public bool IsNamedBy(DifferenceGroup group) =>
        Kinds.Contains(group.Kind, StringComparer.Ordinal)
        && (Field is null || group.Path.Contains(Field, StringComparison.Ordinal));

    /// <summary>Switches it on or off in Catalog's settings file; the file changes in one step.</summary>
    public async Task SwitchAsync(string settingsFile, bool on, CancellationToken cancellation)
    {
        var settings = new Dictionary<string, Dictionary<string, bool>>(StringComparer.Ordinal)
        {
            ["Defects"] = new(StringComparer.Ordinal) { [Setting] = on },
        };
        var draft = settingsFile + ".new";
        await File.WriteAllTextAsync(draft, JsonSerializer.Serialize(settings), cancellation);
        File.Move(draft, settingsFile, overwrite: true);
    }
}
