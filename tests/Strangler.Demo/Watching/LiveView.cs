using Spectre.Console;

namespace Strangler.Demo.Watching;

/// <summary>A table that stays in its place, for terminals.</summary>
internal sealed class LiveView(IAnsiConsole console, Uri edge) : IBoardView
{
    /// <summary>Whether standard output is a terminal that can do it.</summary>
    public static bool IsPossible =>
        !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } term && term != "dumb";

    /// <summary>The console; colours only where NO_COLOR does not forbid them.</summary>
    public static IAnsiConsole NewConsole() => AnsiConsole.Create(new AnsiConsoleSettings
    {
        ColorSystem = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            ? ColorSystemSupport.Detect
            : ColorSystemSupport.NoColors,
    });

    /// <inheritdoc/>
    public Task ShowAsync(IAsyncEnumerable<Board> boards) =>
        console.Live(new Text(string.Empty)).AutoClear(false).StartAsync(async live =>
        {
            await foreach (var board in boards)
            {
                live.UpdateTarget(Draw(board));
            }
        });

    private Rows Draw(Board board) => new(
        Table(board),
        new Text(string.Empty),
        new Markup($"[grey]{Markup.Escape($"{board.Clock}  {board.Shoppers}")}[/]"),
        new Text(string.Empty),
        new Markup("[grey]In another terminal; Ctrl-C here ends it:[/]"),
        new Text("  ./strangler promote catalog     a step up: shadow, then read-canary"),
        new Text("  ./strangler diffs catalog       what shadowing has found"),
        new Text("  ./strangler kill catalog        back to the monolith at once"),
        new Text($"  curl -i {edge}api/products/SKU-00001"));

    private static Table Table(Board board)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        foreach (var (heading, width) in BoardRow.Columns)
        {
            table.AddColumn(new TableColumn(new Markup($"[grey]{heading}[/]"))
            {
                Width = Math.Abs(width),
                NoWrap = true,
                Alignment = width < 0 ? Justify.Left : Justify.Right,
                Padding = new Padding(0, 0, 1, 0),
            });
        }

        foreach (var row in board.Rows)
        {
            table.AddRow(row.Cells.Select((cell, column) => Cell(cell, BoardRow.Columns[column].Heading)));
        }

        return table;
    }

    // One blue, meaning "new side"; the word is always there too.
    private static Text Cell(string cell, string heading) => heading switch
    {
        "new" or "p95 new" => new Text(cell, new Style(Color.DodgerBlue1)),
        "stage" when cell == "killed" => new Text(cell, new Style(Color.Red)),
        _ => new Text(cell),
    };
}
