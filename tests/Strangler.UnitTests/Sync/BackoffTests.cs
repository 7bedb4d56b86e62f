using Shouldly;
using Strangler.Sync.Streams;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class BackoffTests
{
    [Fact]
    public void Next_AgainAndAgain_DoublesUpToTheLimit()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        Enumerable.Range(0, 5).Select(_ => backoff.Next().TotalSeconds).ShouldBe([1, 2, 4, 5, 5]);
        backoff.Reset();
        backoff.Next().TotalSeconds.ShouldBe(1);
    }
}
