using Shouldly;
using Strangler.Proxy.Shadow;
using Strangler.Proxy.Shadow.Bodies;
using Xunit;

namespace Strangler.UnitTests.Shadow;

public sealed class ByteBudgetTests
{
    [Fact]
    public void TryReserve_OneCapability_GetsHalf()
    {
        var budget = new ByteBudget(new ShadowOptions { MemoryLimit = 1000 });

        budget.TryReserve("a", 500).ShouldBeTrue();
        budget.TryReserve("a", 1).ShouldBeFalse();
        budget.TryReserve("b", 400).ShouldBeTrue();
        budget.TryReserve("c", 101).ShouldBeFalse();
        budget.TryReserve("c", 100).ShouldBeTrue();

        budget.Release("a", 500);
        budget.TryReserve("c", 400).ShouldBeTrue();
        budget.Used.ShouldBe(900);
    }

    [Fact]
    public async Task TryReserve_ManyAtOnce_NeverHoldMoreThanTheLimit()
    {
        const int Limit = 10_000;
        var budget = new ByteBudget(new ShadowOptions { MemoryLimit = Limit });
        var (most, refused) = (0L, 0);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            var capability = $"{worker % 4}";
            for (var i = 0; i < 20_000; i++)
            {
                if (!budget.TryReserve(capability, 1500))
                {
                    Interlocked.Increment(ref refused);
                    continue;
                }

                InterlockedMax(ref most, budget.Used);
                budget.Release(capability, 1500);
            }
        })));

        most.ShouldBeInRange(1500, Limit);
        budget.Used.ShouldBe(0);
    }

    private static void InterlockedMax(ref long most, long value)
    {
        long seen;
        while (value > (seen = Interlocked.Read(ref most)) && Interlocked.CompareExchange(ref most, value, seen) != seen) continue;
    }
}
