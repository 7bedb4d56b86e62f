using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Strangler.UnitTests.Cli;

public sealed class ValidateVerbTests : IDisposable
{
    private const string Valid = """
        apiVersion: strangler/v1
        legacy: { destinations: ["http://127.0.0.1:5100"] }
        capabilities:
          catalog:
            new: { destinations: ["http://127.0.0.1:5201"] }
            operations:
              - { match: "GET /api/products", semantics: safe }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cli-validate-");

    [Fact]
    public async Task Validate_ValidFile_SaysSoWithoutAnEdgeOrToken()
    {
        var file = Write("a.yaml", Valid);
        var run = new CliRun { Variables = { ["STRANGLER_TOKEN"] = null } };

        (await run.RunAsync("validate", file)).ShouldBe(0);

        run.Out.ReplaceLineEndings(" ").ShouldContain("valid, 1 capability, 1 operation.");
        run.Edge.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Validate_Errors_ArePrintedAllAtOnceWithTheirPlace()
    {
        var file = Write("a.yaml", Valid.Replace("semantics: safe", "semantics: sfe", StringComparison.Ordinal) + "\nbogus: 1\n");
        var run = new CliRun();

        (await run.RunAsync("validate", file)).ShouldBe(3);

        var lines = run.Out.TrimEnd().Split('\n').Where(line => !line.StartsWith("  hint: ", StringComparison.Ordinal)).ToArray();
        lines.Length.ShouldBe(2);
        lines[0].ShouldStartWith($"{file}:7:");
        lines[1].ShouldStartWith($"{file}:8:1 unknown-key ");
        run.Error.ShouldBe("strangler: The rules have 2 errors.\n");
    }

    [Fact]
    public async Task Validate_Folder_ReadsEveryYamlInIt()
    {
        Write("b.yaml", "apiVersion: strangler/v1\n");
        Write("a.yaml", Valid);
        Write("notes.txt", "not rules");
        var run = new CliRun();

        (await run.RunAsync("validate", _folder.FullName, "-o", "json")).ShouldBe(0);

        var document = JsonNode.Parse(run.Out)!.AsObject();
        document.Select(member => member.Key).ShouldBe(["valid", "files", "errors", "warnings", "nextSteps"]);
        document["valid"]!.GetValue<bool>().ShouldBeTrue();
        document["files"]!.AsArray().Select(name => Path.GetFileName(name!.GetValue<string>())).ShouldBe(["a.yaml", "b.yaml"]);
    }

    [Fact]
    public async Task Validate_JsonErrors_CarryPlaceCodeAndHint()
    {
        var file = Write("a.yaml", Valid + "\ncapabilties: {}\n");
        var run = new CliRun();

        (await run.RunAsync("validate", file, "-o", "json")).ShouldBe(3);

        var error = JsonNode.Parse(run.Out)!["errors"]![0]!.AsObject();
        error.Select(member => member.Key).ShouldBe(["message", "code", "file", "line", "column", "hint"]);
        error["line"]!.GetValue<int>().ShouldBe(8);
    }

    [Fact]
    public async Task Validate_OnlyWarnings_AreShownAndTheRulesAreValid()
    {
        var file = Write("a.yaml", Valid + "\n    shadow: { sample: 0%, control: 5% }\n");
        var run = new CliRun();
        var json = new CliRun();

        (await run.RunAsync("validate", file)).ShouldBe(0);
        (await json.RunAsync("validate", file, "-o", "json")).ShouldBe(0);

        run.Out.ShouldContain("valid");
        run.Error.ShouldStartWith($"{file}:8:36 warning conflict 'control'");
        var document = JsonNode.Parse(json.Out)!;
        document["errors"]!.AsArray().ShouldBeEmpty();
        document["warnings"]![0]!["code"]!.GetValue<string>().ShouldBe("conflict");
        json.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Validate_Environment_ChecksItsOverlaysAndNamesTheOthers()
    {
        Write("a.yaml", Valid);
        Write("staging.yaml", "apiVersion: strangler/v1\nenvironment: staging\nlegacy: { capacity: many }\n");
        Write("test.yaml", "apiVersion: strangler/v1\nenvironment: test\nlegacy: { capacity: 5 }\n");
        var plain = new CliRun();
        var staging = new CliRun();
        var test = new CliRun();

        (await plain.RunAsync("validate", _folder.FullName)).ShouldBe(0);
        (await staging.RunAsync("validate", _folder.FullName, "--env", "staging")).ShouldBe(3);
        (await test.RunAsync("validate", _folder.FullName, "--env", "test")).ShouldBe(0);

        plain.Out.ReplaceLineEndings(" ").ShouldContain("Not checked: --env staging, --env test.");
        staging.Out.ShouldStartWith(Path.Combine(_folder.FullName, "staging.yaml") + ":3:21 bad-value ");
        test.Out.ReplaceLineEndings(" ").ShouldContain("valid for test");
    }

    [Theory]
    [InlineData("missing.yaml")]
    [InlineData("")]
    public async Task Validate_NothingThere_IsUsageErrorThatNamesThePath(string name)
    {
        var run = new CliRun();

        (await run.RunAsync("validate", Path.Combine(_folder.FullName, name))).ShouldBe(2);

        run.Error.ShouldContain(_folder.FullName);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
