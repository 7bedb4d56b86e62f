using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Resilience;
using Strangler.Core.Routing;
using Strangler.Proxy;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Resilience.Limits;
using Strangler.Proxy.Resilience.LongLived;
using Strangler.Proxy.Units;
using Strangler.UnitTests.Plans;
using Xunit;

namespace Strangler.UnitTests.Resilience;

public sealed class ConcurrencyLimitsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();
    private readonly ControlPlane _control;
    private readonly ConcurrencyLimits _limits;
    private readonly Answer _answer = new();
    private readonly DefaultHttpContext _context = new();

    public ConcurrencyLimitsTests()
    {
        File.WriteAllText(_folder.File("rules.yaml"), PlainRules.Of("catalog"));
        var options = new StranglerOptions { State = _folder.File("state") };
        _control = new ControlPlane(
            new FileControlStore(_folder.File("state")), new RulesSource(_folder.File("rules.yaml")), new LocalState(_folder.File("state"), "a"), _time,
            NullLogger<ControlPlane>.Instance);
        var units = new UnitReader(new VisitorKeySource(options, NullLogger<VisitorKeySource>.Instance), _time);
        _limits = new ConcurrencyLimits(_control.Plans, new LongLivedConnections(_control, units, options, _time), _time);
        _context.Features.Set<IHttpResponseFeature>(_answer);
    }

    public void Dispose()
    {
        _control.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(Side.Legacy)]
    [InlineData(Side.New)]
    public void TryEnter_AndLeave_AllocateNothing(Side side)
    {
        var decision = _control.Plans.Current.Capabilities[0].Operations[0][DecisionReason.Stage];

        Allocations.PerCall(() =>
        {
            var hold = _limits.TryEnter(_context, decision, side)!;
            _answer.Begin();
            _time.Advance(TimeSpan.FromMilliseconds(1));
            End(hold, AttemptOutcome.Answered);
        }).ShouldBe(0);
    }

    [Fact]
    public void Leave_AnswerTakesLongAfterItHasBegun_LatencyEndsWhereItBegan()
    {
        var share = _limits.Legacy.ShareOf(ConcurrencyLimits.Unclaimed);
        for (var i = 0; i < 100; i++)
        {
            var hold = _limits.TryEnter(_context, null, Side.Legacy)!;
            _time.Advance(TimeSpan.FromMilliseconds(1));
            _answer.Begin();
            _time.Advance(i < 50 ? TimeSpan.Zero : TimeSpan.FromMinutes(1));
            End(hold, AttemptOutcome.Answered);
        }

        share.EndWindow().Gradient.ShouldBe(1);
        _limits.Legacy.Limit.ShouldBe(AdaptiveLimit.Initial);
    }

    [Fact]
    public void Leave_ServerBeginsTheAnswerAfterTheAttempt_TouchesNoLaterRequest()
    {
        var first = _limits.TryEnter(_context, null, Side.Legacy)!;
        End(first, AttemptOutcome.NoAnswer);
        var second = _limits.TryEnter(new DefaultHttpContext(), null, Side.Legacy)!;

        _answer.Begin();

        second.ShouldNotBeSameAs(first);
        (second.Answered, _limits.Legacy.Held).ShouldBe((0, 1));
        End(second, AttemptOutcome.Answered);
        _limits.Legacy.Held.ShouldBe(0);
    }

    private void End(Hold hold, AttemptOutcome outcome)
    {
        hold.Outcome = outcome;
        _limits.Leave(hold);
        _limits.Return(hold);
    }

    // A server that tells when an answer begins, as Kestrel does.
    private sealed class Answer : HttpResponseFeature
    {
        private Func<object, Task>? _callback;
        private object? _state;

        public void Begin() => _ = _callback!(_state!);

        public override void OnStarting(Func<object, Task> callback, object state) => (_callback, _state) = (callback, state);
    }
}
