using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Strangler.Core.Audit;
using Strangler.Proxy.Plans;
using Xunit;

namespace Strangler.UnitTests.Plans;

public sealed class FileControlStoreTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NewestAsync_NewFolder_IsZero() => (await Store("new/state").NewestAsync(Cancel)).ShouldBe(0);

    [Fact]
    public async Task TryAppendAsync_OverARestart_ContinuesTheHashChain()
    {
        await Store().TryAppendAsync(2, "", Entry(2), Cancel);
        await Store().TryAppendAsync(3, "", Entry(3), Cancel);
        await Store().TryAppendAsync(4, "", Entry(4), Cancel);

        var lines = AuditLines();

        lines.Select(l => (long)JsonNode.Parse(l)!["plan"]!).ShouldBe([2, 3, 4]);
        lines.Select(l => (string)JsonNode.Parse(l)!["previous"]!).ShouldBe(["", HashOf(lines[0]), HashOf(lines[1])]);
    }

    [Fact]
    public async Task TryAppendAsync_AfterATornLine_StartsALineOfItsOwn()
    {
        File.WriteAllText(_folder.File("audit.jsonl"), "{\"at\":\"2026");

        await Store().TryAppendAsync(2, "", Entry(2), Cancel);

        var lines = AuditLines();
        lines.Skip(1).Select(l => (string)JsonNode.Parse(l)!["verb"]!).ShouldBe(["void", "promote"]);
        lines.Skip(1).Select(l => (string)JsonNode.Parse(l)!["previous"]!).ShouldBe([HashOf("{\"at\":\"2026"), HashOf(lines[1])]);
        AuditCheck.Verify(lines).Findings.ShouldHaveSingleItem().Fault.ShouldBe(AuditFault.Torn);
    }

    [Fact]
    public async Task TryAppendAsync_PlanCannotBeWritten_KeepsTheOldPlan()
    {
        var store = Store();
        await store.TryAppendAsync(2, "document 2", Entry(2), Cancel);
        Directory.CreateDirectory(_folder.File("plans/3.plan.tmp"));

        (await Should.ThrowAsync<ControlStoreException>(() => store.TryAppendAsync(3, "document 3", Entry(3), Cancel)))
            .Message.ShouldStartWith("the change could not be saved: ");

        (await store.NewestAsync(Cancel)).ShouldBe(2);
    }

    [Fact]
    public void Constructor_FolderIsAFile_SaysSo()
    {
        File.WriteAllText(_folder.File("file"), "");

        Should.Throw<ControlStoreException>(() => new FileControlStore(_folder.File("file")))
            .Message.ShouldStartWith($"the state folder {_folder.File("file")} cannot be used: ");
    }

    private FileControlStore Store(string folder = ".") => new(_folder.File(folder));

    private static AuditEntry Entry(long plan) =>
        new(Now, "operator", "promote", ["catalog"], "a reason with ümlauts", ["stage legacy -> shadow"], plan, []);

    private string[] AuditLines() => File.ReadAllLines(_folder.File("audit.jsonl"));

    private static string HashOf(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));
}
