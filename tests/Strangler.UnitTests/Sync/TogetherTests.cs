using Shouldly;
using Strangler.Sync;
using Strangler.Sync.Streams;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class TogetherTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_OneFails_EndsWithItsErrorWhenAllHaveEnded()
    {
        var mayEnd = new TaskCompletionSource();
        var running = Together.RunAsync(ending => [FailAsync(), EndSlowlyAsync(mayEnd.Task, ending)], Cancellation);

        running.IsCompleted.ShouldBeFalse();
        mayEnd.SetResult();
        (await running.ShouldThrowAsync<IOException>()).Message.ShouldBe("gone");
    }

    // As Npgsql does when the connection is lost at the moment of the cancellation.
    [Fact]
    public async Task Run_CancellationThrows_StillWaitsForAll()
    {
        var mayEnd = new TaskCompletionSource();
        var running = Together.RunAsync(
            ending =>
            {
                ending.Register(() => throw new ObjectDisposedException("connection"));
                return [FailAsync(), EndSlowlyAsync(mayEnd.Task, ending)];
            },
            Cancellation);

        running.IsCompleted.ShouldBeFalse();
        mayEnd.SetResult();
        (await running.ShouldThrowAsync<IOException>()).Message.ShouldBe("gone");
    }

    [Fact]
    public async Task CancelSafely_EndedAlready_DoesNothing()
    {
        var ended = new CancellationTokenSource();
        ended.Dispose();

        await ended.CancelSafelyAsync();
    }

    private static Task FailAsync() => Task.FromException(new IOException("gone"));

    private static async Task EndSlowlyAsync(Task mayEnd, CancellationToken ending)
    {
        await Task.Delay(Timeout.Infinite, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await mayEnd;
    }
}
