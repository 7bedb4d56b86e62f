namespace Strangler.Core.Adapters;

/// <summary>A preview for people, the same from the adapters' program and from the command line.</summary>
public static class PreviewText
{
    /// <summary>The width of a line unless another one is asked for.</summary>
    public const int DefaultWidth = 80;

    private const int Indent = 2;

    /// <summary>Its lines.</summary>
    /// <param name="preview">The preview.</param>
    /// <param name="width">The most characters of a line; a longer word stands alone.</param>
    public static IEnumerable<PreviewLine> Lines(InstallPreview preview, int width = DefaultWidth)
    {
        ArgumentNullException.ThrowIfNull(preview);
        foreach (var (kind, lead, text) in preview.Stores.SelectMany(Parts).Concat(preview.Entities.SelectMany(Parts)).Append(End(preview)))
        {
            foreach (var line in Wrap(lead, text, width))
            {
                yield return new PreviewLine(kind, line);
            }
        }
    }

    private static IEnumerable<(PreviewLineKind Kind, string Lead, string Text)> Parts(StorePreview store)
    {
        yield return (PreviewLineKind.Plain, "", $"{store.Name}: {store.Side} of {string.Join(", ", store.Streams)}, looked at as {store.Role}");
        foreach (var refusal in store.Refusals)
        {
            yield return (PreviewLineKind.Refusal, "  refused  ", refusal);
        }

        foreach (var warning in store.Warnings)
        {
            yield return (PreviewLineKind.Warning, "  warning  ", warning);
        }

        foreach (var note in store.Notes)
        {
            yield return (PreviewLineKind.Plain, "  note     ", note);
        }

        if (store is { Statements.Count: 0, Refusals.Count: 0 })
        {
            yield return (PreviewLineKind.Plain, "", "  everything is in place");
        }

        foreach (var statement in store.Statements)
        {
            var lines = statement.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            yield return (PreviewLineKind.Statement, "  would run  ", $"{string.Join(' ', lines)};");
        }

        yield return (PreviewLineKind.Plain, "", "");
    }

    private static IEnumerable<(PreviewLineKind Kind, string Lead, string Text)> Parts(EntityPreview entity)
    {
        yield return (PreviewLineKind.Plain, "", $"{entity.Entity}: stream {entity.Stream}, version {entity.Version}");
        yield return (PreviewLineKind.Plain, "  reads   ", string.Join(", ", entity.Reads));
        foreach (var table in entity.Writes.GroupBy(field => field.Table, StringComparer.Ordinal))
        {
            yield return (PreviewLineKind.Plain, "  writes  ", $"{table.Key}: {string.Join(", ", table.Select(field => field.Column))}");
        }

        foreach (var owner in entity.Writes.GroupBy(field => field.Owner, StringComparer.Ordinal))
        {
            var fields = owner.Key == entity.Stream ? "all other fields" : string.Join(", ", owner.Select(field => $"{field.Table}.{field.Column}"));
            yield return (PreviewLineKind.Plain, "  owner   ", $"{owner.Key} of {(owner.Count() == entity.Writes.Count ? "all fields" : fields)}");
        }

        yield return (PreviewLineKind.Plain, "", "");
    }

    private static (PreviewLineKind Kind, string Lead, string Text) End(InstallPreview preview)
    {
        var statements = preview.Stores.Sum(store => store.Statements.Count);
        return preview.Possible
            ? (PreviewLineKind.Plain, "", $"Nothing was touched. Installing would run {statements:N0} statement{(statements == 1 ? "" : "s")}.")
            : (PreviewLineKind.Refusal, "", "Nothing was touched. Installing would be refused, and would touch nothing either.");
    }

    // The lead stands before the first line; the others are indented as far, and a little more.
    private static IEnumerable<string> Wrap(string lead, string text, int width)
    {
        var line = lead + text;
        var hanging = new string(' ', lead.Length == 0 ? Indent : lead.Length);
        while (line.Length > width)
        {
            var least = line.Length - line.AsSpan().TrimStart().Length + 1;
            var end = line.LastIndexOf(' ', width);
            if (end < Math.Max(least, lead.Length))
            {
                end = line.IndexOf(' ', Math.Max(least, lead.Length));
            }

            if (end < 0)
            {
                break;
            }

            yield return line[..end].TrimEnd();
            line = hanging + line[(end + 1)..];
        }

        yield return line;
    }
}
