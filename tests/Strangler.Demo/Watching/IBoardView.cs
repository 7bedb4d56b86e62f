namespace Strangler.Demo.Watching;

/// <summary>Shows boards, one after the other.</summary>
internal interface IBoardView
{
    /// <summary>Shows each board that the source yields, until it ends.</summary>
    Task ShowAsync(IAsyncEnumerable<Board> boards);
}
