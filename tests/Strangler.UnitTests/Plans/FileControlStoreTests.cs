using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Strangler.Core.Admin;
using Strangler.Core.Model;
using Strangler.Proxy.Plans;
using Xunit;

namespace Strangler.UnitTests.Plans;

public sealed class FileControlStoreTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_NothingSaved_IsTheInitialState() => new FileControlStore(_folder.File("new/state")).Load().ShouldBe(ControlState.Initial);

    [Fact]
    public void Load_AfterSave_GivesTheSameState()
    {
        var state = Moved(ControlState.Initial, new CapabilityState(Stage.ReadCanary, 12.5, Killed: true));
        new FileControlStore(_folder.Path).Save(state, Entry(2));

        var loaded = new FileControlStore(_folder.Path).Load();

        loaded.Plan.ShouldBe(2);
        loaded.Capabilities.ShouldBe(state.Capabilities);
        loaded.LastChanges.ShouldBe(state.LastChanges);
    }

    [Fact]
    public void Save_OverARestart_ContinuesTheHashChain()
    {
        var first = new FileControlStore(_folder.Path);
        first.Save(ControlState.Initial, Entry(2));
        first.Save(ControlState.Initial, Entry(3));
        new FileControlStore(_folder.Path).Save(ControlState.Initial, Entry(4));

        var lines = AuditLines();

        lines.Select(l => (long)JsonNode.Parse(l)!["plan"]!).ShouldBe([2, 3, 4]);
        lines.Select(l => (string)JsonNode.Parse(l)!["previous"]!).ShouldBe(["", HashOf(lines[0]), HashOf(lines[1])]);
    }

    [Fact]
    public void Save_AfterATornLine_StartsALineOfItsOwn()
    {
        File.WriteAllText(_folder.File("audit.jsonl"), "{\"at\":\"2026");

        new FileControlStore(_folder.Path).Save(ControlState.Initial, Entry(2));

        AuditLines().Length.ShouldBe(2);
        ((string)JsonNode.Parse(AuditLines()[1])!["previous"]!).ShouldBe(HashOf("{\"at\":\"2026"));
    }

    [Fact]
    public void Save_StateCannotBeWritten_KeepsTheOldState()
    {
        var store = new FileControlStore(_folder.Path);
        store.Save(Moved(ControlState.Initial, new CapabilityState(Stage.Shadow, 0, Killed: false)), Entry(2));
        Directory.CreateDirectory(_folder.File("state.json.tmp"));

        Should.Throw<ControlStoreException>(() => store.Save(ControlState.Initial with { Plan = 99 }, Entry(99)))
            .Message.ShouldStartWith("the change could not be saved: ");

        store.Load().Plan.ShouldBe(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"plan\":2")]
    [InlineData("{\"plan\":2}")]
    [InlineData("{\"plan\":2,\"capabilities\":null,\"lastChanges\":{}}")]
    [InlineData("{\"plan\":2,\"capabilities\":{\"catalog\":null},\"lastChanges\":{}}")]
    [InlineData("{\"plan\":2,\"capabilities\":{\"catalog\":{\"stage\":\"canary\",\"share\":1,\"killed\":false}},\"lastChanges\":{}}")]
    [InlineData("{\"plan\":2,\"capabilities\":{\"catalog\":{\"stage\":77,\"share\":1,\"killed\":false}},\"lastChanges\":{}}")]
    [InlineData("{\"plan\":2,\"capabilities\":{\"catalog\":{\"stage\":\"shadow\",\"share\":101,\"killed\":false}},\"lastChanges\":{}}")]
    [InlineData("{\"plan\":2,\"capabilities\":{\"catalog\":{\"share\":1,\"killed\":false}},\"lastChanges\":{}}")]
    public void Load_UnreadableState_RefusesWithTheWayOut(string text)
    {
        File.WriteAllText(_folder.File("state.json"), text);

        var message = Should.Throw<ControlStoreException>(() => new FileControlStore(_folder.Path).Load()).Message;

        message.ShouldStartWith($"{_folder.File("state.json")} cannot be read: ");
        message.ShouldEndWith("Put a good copy in its place, or move it away to start with every capability at legacy.");
    }

    [Fact]
    public void Constructor_FolderIsAFile_SaysSo()
    {
        File.WriteAllText(_folder.File("file"), "");

        Should.Throw<ControlStoreException>(() => new FileControlStore(_folder.File("file")))
            .Message.ShouldStartWith($"the state folder {_folder.File("file")} cannot be used: ");
    }

    private static ControlState Moved(ControlState state, CapabilityState to) =>
        state.With("catalog", to, new LastChange(Now, "operator", "a reason with ümlauts", "promote"));

    private static AuditEntry Entry(long plan) => new(Now, "operator", "promote", "catalog", "a reason with ümlauts", ["stage legacy -> shadow"], plan);

    private string[] AuditLines() => File.ReadAllLines(_folder.File("audit.jsonl"));

    private static string HashOf(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));
}
