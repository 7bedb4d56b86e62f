using Spectre.Console;
using Spectre.Console.Rendering;

namespace Strangler.Cli.Output;

/// <summary>The one look that all tables share: no lines, two spaces between columns, quiet headings.</summary>
internal static class Tables
{
    private const int Gap = 2;

    /// <summary>Style of what is only there for orientation.</summary>
    public static readonly Style Quiet = Color.Grey;

    /// <summary>A table that has columns but no rows yet.</summary>
    /// <param name="columns">Headings; one that starts with <c>&gt;</c> makes a column of numbers, aligned right.</param>
    public static Table WithColumns(params ReadOnlySpan<string> columns)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        foreach (var column in columns)
        {
            var isNumber = column.StartsWith('>');
            table.AddColumn(new TableColumn(new Text(isNumber ? column[1..] : column, Quiet))
            {
                Alignment = isNumber ? Justify.Right : Justify.Left,
                Padding = new Padding(0, 0, Gap, 0),
            });
        }

        return table;
    }

    /// <summary>Names and values, one pair a line.</summary>
    /// <param name="facts">The pairs; those whose value is null are left out.</param>
    public static IRenderable Facts(params IEnumerable<(string Name, string? Value)> facts)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(Gap, 0, Gap, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0) });
        foreach (var (name, value) in facts)
        {
            if (value is not null)
            {
                grid.AddRow(new Text(name, Quiet), new Text(Words.Safe(value)));
            }
        }

        return grid;
    }

    /// <summary>The line at the end that says what to do next.</summary>
    /// <param name="nextSteps">Commands that make sense now; nothing is written without one.</param>
    public static IRenderable Next(IReadOnlyList<string> nextSteps) =>
        nextSteps.Count == 0
            ? new Rows()
            : new Rows([Text.Empty, .. nextSteps.Select(step => new Text($"Next: {Words.Safe(step)}", Quiet))]);
}
