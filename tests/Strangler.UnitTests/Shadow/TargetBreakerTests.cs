using Shouldly;
using Strangler.Proxy.Shadow;
using Strangler.Proxy.Shadow.Targets;
using Xunit;

namespace Strangler.UnitTests.Shadow;

public sealed class TargetBreakerTests
{
    private static readonly ShadowOptions Options = new();

    private readonly ManualTimeProvider _time = new();
    private readonly TargetBreaker _breaker;

    public TargetBreakerTests() => _breaker = new TargetBreaker(Options, _time);

    [Fact]
    public void Failed_InARow_OpensAndLetsOneProbeThrough()
    {
        Open();

        _breaker.IsOpen.ShouldBeTrue();
        _breaker.TryPass().ShouldBeFalse();
        _time.Advance(Options.BreakerPause);
        _breaker.IsOpen.ShouldBeFalse();
        _breaker.TryPass().ShouldBeTrue();
        _breaker.TryPass().ShouldBeFalse();
        _breaker.Answered();
        _breaker.TryPass().ShouldBeTrue();
        _breaker.TryPass().ShouldBeTrue();
    }

    [Fact]
    public void Answered_Between_StartsCountingAnew()
    {
        for (var i = 0; i < 10 * Options.BreakerFailures; i++)
        {
            if (i % (Options.BreakerFailures - 1) == 0) _breaker.Answered();
            _breaker.TryPass().ShouldBeTrue();
            _breaker.Failed();
        }

        _breaker.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void Failed_Probe_OpensAgain()
    {
        Open();
        _time.Advance(Options.BreakerPause);
        _breaker.TryPass().ShouldBeTrue();

        _breaker.Failed();

        _breaker.IsOpen.ShouldBeTrue();
        _breaker.TryPass().ShouldBeFalse();
    }

    [Fact]
    public void Failed_OfThoseThatWereUnderWay_DoesNotProlongThePause()
    {
        Open();
        _time.Advance(Options.BreakerPause / 2);
        _breaker.Failed();

        _time.Advance(Options.BreakerPause / 2);

        _breaker.TryPass().ShouldBeTrue();
    }

    // The two traps of well-known breakers.
    [Fact]
    public void TryPass_ProbeHangs_NextOneGoesThroughAfterTheTimeout()
    {
        Open();
        _time.Advance(Options.BreakerPause);
        _breaker.TryPass().ShouldBeTrue();
        _time.Advance(Options.Timeout);

        _breaker.TryPass().ShouldBeTrue();
        _breaker.TryPass().ShouldBeFalse();
    }

    [Fact]
    public void Cancelled_Probe_NeitherClosesNorBlocks()
    {
        Open();
        _time.Advance(Options.BreakerPause);
        _breaker.TryPass().ShouldBeTrue();

        _breaker.Cancelled();

        _breaker.TryPass().ShouldBeTrue();
        _breaker.TryPass().ShouldBeFalse();
    }

    [Fact]
    public void IsOpen_Always_AllocatesNothing()
    {
        Open();

        Allocations.PerCall(() => _ = _breaker.IsOpen).ShouldBe(0);
    }

    private void Open()
    {
        for (var i = 0; i < Options.BreakerFailures; i++)
        {
            _breaker.TryPass().ShouldBeTrue();
            _breaker.Failed();
        }
    }
}
