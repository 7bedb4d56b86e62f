using System.Text.Json.Nodes;
using Shouldly;
using Strangler.Core.Admin;
using Strangler.Core.Audit;
using Strangler.Proxy.Plans;

namespace Strangler.IntegrationTests.ControlStore;

/// <summary>What every control store promises.</summary>
public abstract class ControlStoreContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private IControlStore? _store;

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected IControlStore Store => _store!;

    public async ValueTask InitializeAsync() => _store = await MakeAsync();

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await CleanAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A new, empty store.</summary>
    private protected abstract Task<IControlStore> MakeAsync();

    /// <summary>Another one on the same data.</summary>
    private protected abstract IControlStore Reopen();

    private protected virtual ValueTask CleanAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task NewestAsync_NothingKept_IsZero() => (await Store.NewestAsync(Cancel)).ShouldBe(0);

    [Fact]
    public async Task TryAppendAsync_SeveralPlans_KeepsEachUnderItsNumberOverAReopen()
    {
        for (var plan = 8L; plan <= 11; plan++) (await AppendAsync(Store, plan, $"{plan}")).ShouldBeTrue();

        await using var again = Reopen();

        (await again.NewestAsync(Cancel)).ShouldBe(11);
        (await again.ReadAsync(9, Cancel)).ShouldBe(Document("9"));
        (await again.ReadAsync(12, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task TryAppendAsync_NumberIsTaken_WritesNothing()
    {
        await AppendAsync(Store, 2, "one");
        await using var other = Reopen();

        (await AppendAsync(other, 2, "two")).ShouldBeFalse();
        (await AppendAsync(other, 1, "late")).ShouldBeFalse();

        (await Store.ReadAsync(2, Cancel)).ShouldBe(Document("one"));
        (await LinesAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task TryAppendAsync_OverAReopen_ContinuesTheHashChain()
    {
        await AppendAsync(Store, 2, "two");
        await AppendAsync(Store, 3, "three");
        await using var again = Reopen();
        await AppendAsync(again, 4, "four");

        var lines = await LinesAsync();

        lines.Select(l => (long)JsonNode.Parse(l)!["plan"]!).ShouldBe([2, 3, 4]);
        lines.Select(l => (string)JsonNode.Parse(l)!["reason"]!).Distinct().ShouldBe(["a reason with ümlauts"]);
        lines.Select(l => (string)JsonNode.Parse(l)!["previous"]!).ShouldBe([AuditChain.Beginning, AuditChain.Hash(lines[0]), AuditChain.Hash(lines[1])]);
    }

    [Fact]
    public async Task TryAppendAsync_MoreThanAreKept_TheOldestGo()
    {
        await AppendAsync(Store, 1, "first");
        for (var plan = 2L; plan <= FileControlStore.Kept; plan += 111) await AppendAsync(Store, plan, "between");
        var last = (FileControlStore.Kept + 1L + 15) / 16 * 16;
        await FillAsync(last);

        (await AppendAsync(Store, last, "last")).ShouldBeTrue();

        (await Store.ReadAsync(1, Cancel)).ShouldBeNull();
        (await Store.ReadAsync(last, Cancel)).ShouldBe(Document("last"));
        (await Store.NewestAsync(Cancel)).ShouldBe(last);
    }

    [Fact]
    public async Task WaitForNewsAsync_NothingHappens_ComesBack()
    {
        await Store.WaitForNewsAsync(Cancel);
    }

    [Fact]
    public async Task ReportAsync_SaidTwice_TheLastIsRead()
    {
        await Store.ReportAsync(new EdgeReport("a", 2, 2, 0, null, [], 0), Cancel);
        await Store.ReportAsync(new EdgeReport("a", 42, 41, 37, "plan 43 cannot be used", ["catalog", "search"], 0), Cancel);

        var edge = (await Store.ReadEdgesAsync(Cancel)).ShouldHaveSingleItem();

        (edge.Edge, edge.Plan, edge.OldestPlan, edge.OnOlderPlans, edge.Refused).ShouldBe(("a", 42, 41, 37, "plan 43 cannot be used"));
        edge.Overrides.ShouldBe(["catalog", "search"]);
        edge.AgeSeconds.ShouldBeInRange(0, 60);
    }

    private protected static string Document(string name)
    {
        var written = PlanDocument.Write(ControlState.First([]) with { Plan = 1 });
        return written + name;
    }

    private protected static Task<bool> AppendAsync(IControlStore store, long plan, string name) => store.TryAppendAsync(
        plan, Document(name), new AuditEntry(Now, "operator", "promote", ["catalog"], "a reason with ümlauts", ["stage legacy -> shadow"], plan, []), Cancel);

    private protected async Task<IReadOnlyList<string>> LinesAsync() => await Store.ReadAuditAsync(Cancel).ToListAsync(Cancel);

    /// <summary>Makes plans up to this number, without it, in any way.</summary>
    private protected abstract Task FillAsync(long upTo);
}
