using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Rules;
using Xunit;

namespace Strangler.UnitTests.Rules;

public sealed class RulesParserTests
{
    private static string Shipped => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Rules", "strangler.yaml"));

    [Fact]
    public void Parse_ShippedRules_AreValid()
    {
        var result = Parse(Shipped);

        result.Diagnostics.ShouldBeEmpty();
        result.Rules!.Unit.SessionCookie.ShouldBe("LegacySession");
        var catalog = result.Rules.Capabilities.ShouldHaveSingleItem();
        catalog.Operations.Select(o => $"{o.Id} -> {o.NewPattern}, {o.Semantics}").ShouldBe(
        [
            "GET /api/products -> /v1/products, Safe",
            "GET /api/products/{sku} -> /v1/products/{sku}, Safe",
            "GET /api/search -> /v1/search, Safe",
        ]);
    }

    [Fact]
    public void Parse_NothingOptional_HasTheDocumentedDefaults()
    {
        var rules = Parse(
            """
            apiVersion: strangler/v1
            legacy: { destinations: ["http://127.0.0.1:5100"] }
            capabilities:
              catalog:
                new: { destinations: ["http://127.0.0.1:5201"] }
                operations: [ { match: "GET /api/products", semantics: safe } ]
            """).Rules!;

        rules.Legacy.Capacity.ShouldBeNull();
        rules.Unit.SessionCookie.ShouldBeNull();
        rules.Adapters.ShouldBeNull();
        var catalog = rules.Capabilities.ShouldHaveSingleItem();
        catalog.Authority.ShouldBe(Authority.Global);
        catalog.New.Timeout.ShouldBe(TimeSpan.FromSeconds(10));
        catalog.Shadow.Sample.ShouldBe(0);
        catalog.Operations.ShouldHaveSingleItem().NewPattern.Text.ShouldBe("/api/products");
    }

    [Fact]
    public void Parse_TwoThousandMutationsOfTheShippedRules_NeverThrows()
    {
        var random = new Random(14);
        for (var i = 0; i < 2000; i++)
        {
            var text = Mutate(Shipped, random);

            var result = Should.NotThrow(() => Parse(text), text);

            (result.Rules is null).ShouldBe(result.Diagnostics.Count > 0, text);
        }
    }

    [Theory]
    [InlineData("[", 200_000)]
    [InlineData("{a: ", 200_000)]
    [InlineData("- ", 200_000)]
    public void Parse_NestingWithoutEnd_IsADiagnostic(string open, int times) =>
        Parse(string.Concat(Enumerable.Repeat(open, times))).Diagnostics.ShouldHaveSingleItem().Code.ShouldBe("yaml");

    [Fact]
    public void Parse_FileAboveTheLimit_IsNotEvenRead() =>
        Parse(new string('#', RulesParser.MaxFileLength + 1)).Diagnostics.ShouldHaveSingleItem().ToString()
            .ShouldBe("strangler.yaml:1:1 too-large the file has 1,048,577 characters, limit 1,048,576");

    [Fact]
    public void Parse_NoFile_SaysThatLegacyIsMissing() =>
        RulesParser.Parse([]).Diagnostics.ShouldHaveSingleItem().Code.ShouldBe("missing-key");

    private static RulesResult Parse(string text) => RulesParser.Parse([new RulesFile("strangler.yaml", text)]);

    private static string Mutate(string text, Random random)
    {
        const string Letters = "{}[]:,-&*!|>'\"%@`#?\\ \t\n~a0é\0";
        for (var edits = random.Next(1, 5); edits > 0; edits--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 20), text.Length - at);
            text = random.Next(5) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, text.Substring(at, length)),
                2 => text.Insert(random.Next(text.Length), text.Substring(at, length)),
                3 => text[..at],
                _ => text.Insert(at, Letters[random.Next(Letters.Length)].ToString()),
            };
            if (text.Length == 0) return text;
        }

        return text;
    }
}
