using Shouldly;
using Strangler.Demo.Shop;
using Xunit;

namespace Strangler.UnitTests.Demo;

public sealed class TogetherTests
{
    [Fact]
    public async Task Run_OneFails_OthersAreCancelledAndItsFailureIsTold()
    {
        var cancelled = false;

        var failure = await Should.ThrowAsync<InvalidOperationException>(() => Together.RunAsync(
            TestContext.Current.CancellationToken,
            async stop =>
            {
                try
                {
                    await Task.Delay(Timeout.Infinite, stop);
                }
                finally
                {
                    cancelled = true;
                }
            },
            _ => throw new InvalidOperationException("first")));

        failure.Message.ShouldBe("first");
        cancelled.ShouldBeTrue();
    }
}
