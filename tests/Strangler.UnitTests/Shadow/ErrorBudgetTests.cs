using Shouldly;
using Strangler.Proxy.Shadow;
using Strangler.Proxy.Shadow.Targets;
using Xunit;

namespace Strangler.UnitTests.Shadow;

public sealed class ErrorBudgetTests
{
    private static readonly ShadowOptions Options = new();

    private readonly ManualTimeProvider _time = new();
    private readonly ErrorBudget _budget;

    public ErrorBudgetTests() => _budget = new ErrorBudget(Options, _time);

    [Fact]
    public void Count_HalfFails_IsNotSpent()
    {
        for (var i = 0; i < 1000; i++) _budget.Count(failed: i % 2 == 0);

        _budget.IsSpent.ShouldBeFalse();
    }

    [Fact]
    public void Count_MoreThanHalfOfTheLastFail_PausesAndThenCountsAnew()
    {
        for (var i = 0; i < 1000; i++) _budget.Count(failed: false);
        for (var i = 0; i <= Options.ErrorWindow / 2; i++)
        {
            _budget.IsSpent.ShouldBeFalse();
            _budget.Count(failed: true);
        }

        _budget.IsSpent.ShouldBeTrue();
        _time.Advance(Options.ErrorPause);
        _budget.IsSpent.ShouldBeFalse();
        for (var i = 0; i < Options.ErrorWindow - 1; i++) _budget.Count(failed: true);
        _budget.IsSpent.ShouldBeFalse();
        _budget.Count(failed: true);
        _budget.IsSpent.ShouldBeTrue();
    }
}
