using Strangler.Core.Admin;

namespace Strangler.Demo.Watching;

/// <summary>One capability in the ten columns of the board, 78 characters wide at most.</summary>
internal sealed record BoardRow(IReadOnlyList<string> Cells)
{
    /// <summary>The columns: heading and width; negative widths align to the left.</summary>
    public static readonly IReadOnlyList<(string Heading, int Width)> Columns =
    [
        ("capability", -10), ("stage", -11), ("share", 5), ("legacy", 7), ("new", 7), ("p95", 6), ("p95 new", 7), ("match", 6),
        ("n", 6), ("lag", 5),
    ];

    /// <summary>The headings as one line.</summary>
    public static string Header => Line(Columns.Select(column => column.Heading));

    /// <summary>What the edge says about a capability.</summary>
    public static BoardRow From(CapabilityStatus status) => new(
    [
        status.Name,
        status.Killed ? "killed" : status.Stage,
        $"{status.Share:0.#}%",
        Count(status.Sides.Legacy.Requests),
        Count(status.Sides.New.Requests),
        Milliseconds(status.Sides.Legacy.P95Ms),
        Milliseconds(status.Sides.New.P95Ms),
        Rate(status.Shadow.RecentMatchRate ?? status.Shadow.MatchRate),
        Count(status.Shadow.RecentMatchRate is null ? status.Shadow.Compared : status.Shadow.RecentCompared),
        status.LagSeconds is { } lag ? $"{lag:0.0}s" : "-",
    ]);

    /// <summary>The cells as one line.</summary>
    public override string ToString() => Line(Cells);

    private static string Line(IEnumerable<string> cells) => string.Join(
        ' ', cells.Zip(Columns, (cell, column) => column.Width < 0 ? cell.PadRight(-column.Width) : cell.PadLeft(column.Width)));

    private static string Count(long count) =>
        count < 100_000 ? count.ToString("#,0") : $"{count / 1000:#,0}k";

    private static string Milliseconds(double? value) =>
        value is { } ms ? $"{ms:0} ms" : "-";

    // Cut off, not rounded: 100 % means that there was no difference at all.
    private static string Rate(double? rate) =>
        rate is { } value ? $"{Math.Floor(value * 1000) / 10:0.0}%" : "-";
}
