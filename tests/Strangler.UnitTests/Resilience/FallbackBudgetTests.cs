using Shouldly;
using Strangler.Proxy.Resilience;
using Xunit;

namespace Strangler.UnitTests.Resilience;

public sealed class FallbackBudgetTests
{
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData(1, 3)]
    [InlineData(15, 3)]
    [InlineData(20, 4)]
    [InlineData(100, 20)]
    public void Limit_OfSomeActiveRequests_IsAFifthAndAtLeastThree(int active, int limit) => With(active).Limit.ShouldBe(limit);

    [Fact]
    public async Task TryBegin_BeyondTheLimit_IsRefusedAfterTheWait()
    {
        var budget = With(10);
        for (var i = 0; i < 3; i++) (await budget.TryBeginAsync(FallbackBudget.LongestWait, CancellationToken.None)).ShouldBeTrue();

        var fourth = budget.TryBeginAsync(TimeSpan.FromHours(1), CancellationToken.None);
        fourth.IsCompleted.ShouldBeFalse();

        (await fourth).ShouldBeFalse();
        budget.Running.ShouldBe(3);
    }

    [Fact]
    public async Task TryBegin_OneEndsMeanwhile_TakesItsPlaceInTurn()
    {
        var budget = With(10);
        for (var i = 0; i < 3; i++) await budget.TryBeginAsync(FallbackBudget.LongestWait, CancellationToken.None);
        var (first, second) = (budget.TryBeginAsync(FallbackBudget.LongestWait, CancellationToken.None).AsTask(), budget.TryBeginAsync(FallbackBudget.LongestWait, CancellationToken.None).AsTask());

        budget.End();

        (await first).ShouldBeTrue();
        second.IsCompleted.ShouldBeFalse();
        budget.Running.ShouldBe(3);
        budget.End();
        (await second).ShouldBeTrue();
    }

    [Fact]
    public async Task TryBegin_TheClientGoesAway_LeavesNothingBehind()
    {
        var budget = With(10);
        for (var i = 0; i < 3; i++) await budget.TryBeginAsync(FallbackBudget.LongestWait, CancellationToken.None);
        using var client = new CancellationTokenSource();
        var waiting = budget.TryBeginAsync(FallbackBudget.LongestWait, client.Token);

        await client.CancelAsync();

        (await waiting).ShouldBeFalse();
        for (var i = 0; i < 3; i++) budget.End();
        budget.Running.ShouldBe(0);
        (await budget.TryBeginAsync(TimeSpan.Zero, CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task TryBegin_ManyThreadsThatComeAndGo_NeverExceedsTheLimitAndEndsAtZero()
    {
        var budget = With(25);
        var (running, most) = (0, 0);

        await Parallel.ForEachAsync(Enumerable.Range(0, 5000), new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (_, cancel) =>
        {
            if (!await budget.TryBeginAsync(FallbackBudget.LongestWait, cancel)) return;
            var now = Interlocked.Increment(ref running);
            for (var seen = Volatile.Read(ref most); now > seen && Interlocked.CompareExchange(ref most, now, seen) != seen; seen = Volatile.Read(ref most))
            {
            }

            await Task.Yield();
            Interlocked.Decrement(ref running);
            budget.End();
        });

        most.ShouldBeInRange(1, 5);
        budget.Running.ShouldBe(0);
    }

    [Fact]
    public void HealthyWay_OfARequest_AllocatesNothing()
    {
        var budgets = new FallbackBudgets(_time);
        var capacity = new LegacyCapacity(_time);

        Allocations.PerCall(() =>
        {
            var budget = budgets.Of("catalog");
            budget.Enter();
            capacity.Count(400);
            budget.Leave();
        }).ShouldBe(0);
    }

    private FallbackBudget With(int active)
    {
        var budget = new FallbackBudget(_time);
        for (var i = 0; i < active; i++) budget.Enter();
        return budget;
    }
}
