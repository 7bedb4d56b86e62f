using System.Reflection;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Strangler.Core.Admin;
using Xunit;

namespace Strangler.UnitTests.Cli;

public sealed class DiffsExportTests
{
    private static readonly DifferenceGroup[] Groups =
    [
        Samples.Group("$.items[*]['odd \"name\\\\ of\u0001 it']", "number", "1", "2") with { Severity = "high", Cause = "all equal to legacy x 1.19\n*/ #endif", NewPath = "/v1/products/{sku}" },
        Samples.Group("status", "status", "200", "500") with { Fingerprint = "b1b2c3d4e5f60718293a4b5c6d7e8f90", Operation = "GET /a/{**rest}", State = "regressed" },
        Samples.Group("header.x-cache", "header-value", "1|2", "<&>") with
        {
            Fingerprint = "c1b2c3d4e5f60718293a4b5c6d7e8f90", State = "acknowledged", Judgement = new JudgementInfo("acknowledged", "anna", CliRun.Now, "SHOP-12 | *known* \u0002"),
        },
        Samples.Group("$.n", "number-format", "1", "1.0") with { Fingerprint = "d1b2c3d4e5f60718293a4b5c6d7e8f90", Severity = "note" },
        Samples.Group("$.m", "extra", null, "1") with { Fingerprint = "e1b2c3d4e5f60718293a4b5c6d7e8f90", State = "fixed" },
    ];

    [Fact]
    public async Task Export_Xunit_CompilesAndHasATestForEachGroupThatCounts()
    {
        var code = await ExportAsync("xunit");

        var assembly = Compile(code);
        var tests = assembly.GetTypes().Single(type => type.Name == "CatalogDifferences").GetMethods().Where(method => method.GetCustomAttributes().Any(a => a is FactAttribute)).ToList();
        tests.Count.ShouldBe(4);
        tests.ShouldContain(test => test.Name == "GETApiProductsSku_ItemsOddNameOfIt_Number_A1b2c3d4");
    }

    [Fact]
    public async Task Export_Xunit_WithoutItsEnvironment_IsSkippedAndAsksNobody()
    {
        var assembly = Compile(await ExportAsync("xunit"));
        var type = assembly.GetTypes().Single(each => each.Name == "CatalogDifferences");
        var test = type.GetMethods().First(method => method.GetCustomAttributes().Any(a => a is FactAttribute));

        var skipped = await Should.ThrowAsync<Exception>(() => (Task)test.Invoke(Activator.CreateInstance(type), null)!);

        skipped.Message.ShouldContain("set DIFFERENCES_");
    }

    [Fact]
    public async Task Export_Junit_IsXmlWhoseCountsAreRight()
    {
        var suite = XDocument.Parse(await ExportAsync("junit")).Root!.Elements("testsuite").Single();

        ((int)suite.Attribute("tests")!, (int)suite.Attribute("failures")!, (int)suite.Attribute("skipped")!).ShouldBe((5, 2, 2));
        suite.Elements("testcase").Count(test => test.Element("failure") is not null).ShouldBe(2);
        suite.Descendants("skipped").First().Attribute("message")!.Value.ShouldBe("SHOP-12 | *known* ?");
    }

    [Fact]
    public async Task Export_Markdown_HasARowOfFiveCellsForEachGroup()
    {
        var text = await ExportAsync("md");

        var rows = text.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).ToList();
        rows.Count.ShouldBe(5);
        rows.ShouldAllBe(row => row.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|') == 6);
        text.ShouldContain("**new**");
        text.ShouldContain("anna: SHOP-12 \\| \\*known\\*");
    }

    [Fact]
    public async Task Export_Out_WritesTheFileAndSaysSo()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "groups.json");
        var run = Run();

        (await run.RunAsync("diffs", "export", "--as", "json", "--out", file)).ShouldBe(0);

        run.Out.ShouldBeEmpty();
        run.Error.ShouldBe($"5 groups written to {file}.\n");
        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldStartWith("{\n  \"groups\": [");
    }

    private static CliRun Run()
    {
        var run = new CliRun();
        run.Edge.Answers(new DifferencesAnswer(Groups), AdminJson.Default.DifferencesAnswer);
        return run;
    }

    private static async Task<string> ExportAsync(string format)
    {
        var run = Run();
        (await run.RunAsync("diffs", "export", "catalog", "--as", format)).ShouldBe(0, run.Error);
        return run.Out;
    }

    private static Assembly Compile(string code)
    {
        _ = typeof(Assert);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, reportSuppressedDiagnostics: true);
        var compilation = CSharpCompilation.Create("Exported", [CSharpSyntaxTree.ParseText(code)], references, options);
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id is not ("CS1701" or "CS1702")).ShouldBeEmpty(code);
        return Assembly.Load(image.ToArray());
    }
}
