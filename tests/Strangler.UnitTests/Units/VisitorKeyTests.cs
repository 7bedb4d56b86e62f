using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Strangler.Proxy;
using Strangler.Proxy.Units;
using Xunit;

namespace Strangler.UnitTests.Units;

public sealed class VisitorKeyTests
{
    private const string Secret = "c2VjcmV0LXNlY3JldC1zZWNyZXQ=";

    [Fact]
    public void Parse_CommentsAndSeveralKeys_TheFirstSigns()
    {
        var ring = VisitorKeyRing.Parse($"# rotated\r\n\r\n  {UnitParts.NewKey}  \r\n{UnitParts.OldKey}\n");

        ring.Signing.Id.ShouldBe("new");
        ring.Find("old")!.Secret.Length.ShouldBe(32);
        ring.Find("other").ShouldBeNull();
    }

    [Theory]
    [InlineData("", "visitor keys: 0 keys, legal: 1 to 16, one per line as id:base64")]
    [InlineData("nonsense", "visitor keys: line 1: write id:base64")]
    [InlineData("\n# x\nk1:" + Secret, "visitor keys: line 3: the key 'k1' has 20 bytes, at least 32 are needed: openssl rand -base64 32")]
    [InlineData("k1:not base64!" + Secret, "visitor keys: line 1: what follows 'k1:' is not base64")]
    [InlineData(":" + Secret, "visitor keys: line 1: the id before the colon has 1 to 32 letters, digits, '-' or '_'")]
    [InlineData("a.b:" + Secret, "visitor keys: line 1: the id before the colon has 1 to 32 letters, digits, '-' or '_'")]
    public void Parse_BadText_NamesTheLineAndNotTheSecret(string text, string message)
    {
        var error = Should.Throw<FormatException>(() => VisitorKeyRing.Parse(text));

        error.Message.ShouldBe(message);
        error.Message.ShouldNotContain(Secret);
    }

    [Fact]
    public void Parse_SameIdTwice_IsRefused() =>
        Should.Throw<FormatException>(() => VisitorKeyRing.Parse($"{UnitParts.OldKey}\n{UnitParts.OldKey}"))
            .Message.ShouldBe("visitor keys: line 2: the id 'old' stands there already");

    [Fact]
    public void Cookie_NoKeysGiven_KeepsItsOwnForTheOwnerOnlyAndAcrossRestarts()
    {
        using var folder = new TemporaryFolder();
        var first = Source(folder);
        var file = folder.File(VisitorKeySource.FileName);
        File.Exists(file).ShouldBeFalse();

        var value = first.Cookie.Write(VisitorCookie.NewId(), null);

        Source(folder).Cookie.Verify(value).ShouldNotBeNull();
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(folder.Path).ShouldBe([file]);
    }

    [Fact]
    public void Cookie_StateFolderCannotBeWritten_ServesWithKeysThatARestartForgets()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("state"), "a file where the folder should be");
        var options = new StranglerOptions { State = folder.File("state") };
        var log = new ListLogger();

        var cookie = new VisitorKeySource(options, log).Cookie;

        cookie.Verify(cookie.Write(VisitorCookie.NewId(), null)).ShouldNotBeNull();
        log.Lines.Count.ShouldBe(2);
        log.Lines.ShouldContain(line => line.Contains("STRANGLER_VISITOR_KEYS", StringComparison.Ordinal));
        log.Lines.ShouldContain(line => line.Contains("a restart of this edge forgets", StringComparison.Ordinal));
    }

    [Fact]
    public void Source_KeysGiven_TakesThemOutOfTheOptions()
    {
        var options = new StranglerOptions { VisitorKeys = UnitParts.OldKey };

        _ = new VisitorKeySource(options, NullLogger<VisitorKeySource>.Instance);

        options.VisitorKeys.ShouldBeNull();
        VisitorKeyRing.Parse(UnitParts.OldKey).Signing.ToString().ShouldBe("visitor key old");
    }

    private static VisitorKeySource Source(TemporaryFolder folder) =>
        new(new StranglerOptions { State = folder.Path }, NullLogger<VisitorKeySource>.Instance);

    private sealed class ListLogger : ILogger<VisitorKeySource>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
