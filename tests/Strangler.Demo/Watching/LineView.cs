namespace Strangler.Demo.Watching;

/// <summary>Lines: for logs, pipes and terminals that cannot move their cursor.</summary>
internal sealed class LineView(Screen screen) : IBoardView
{
    private const int LinesBetweenHeadings = 20;

    /// <inheritdoc/>
    public async Task ShowAsync(IAsyncEnumerable<Board> boards)
    {
        var lines = 0;
        await foreach (var board in boards)
        {
            if (lines++ % LinesBetweenHeadings == 0)
            {
                screen.Line($"{board.Clock} {board.Shoppers}");
                screen.Line(BoardRow.Header);
            }

            foreach (var row in board.Rows)
            {
                screen.Line(row.ToString());
            }
        }
    }
}
