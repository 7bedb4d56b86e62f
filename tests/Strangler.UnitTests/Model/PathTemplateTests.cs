using Shouldly;
using Strangler.Core.Model;
using Xunit;

namespace Strangler.UnitTests.Model;

public sealed class PathTemplateTests
{
    [Theory]
    [InlineData("api", "a path starts with '/'")]
    [InlineData("", "a path starts with '/'")]
    [InlineData("/a//b", "a path has no empty segment and no slash at its end")]
    [InlineData("/a/", "a path has no empty segment and no slash at its end")]
    [InlineData("/a?b", "'a?b' has a character that no path pattern may have (? # % \\ or a space): a path ends before its query, and is matched unescaped")]
    [InlineData("/a%20b", "'a%20b' has a character that no path pattern may have (? # % \\ or a space): a path ends before its query, and is matched unescaped")]
    [InlineData("/a-{b}", "in 'a-{b}' a parameter must fill the whole segment")]
    [InlineData("/{a}{b}", "in '{a}{b}' a parameter must fill the whole segment")]
    [InlineData("/{a", "in '{a' a parameter must fill the whole segment")]
    [InlineData("/{", "in '{' a parameter must fill the whole segment")]
    [InlineData("/}", "in '}' a parameter must fill the whole segment")]
    [InlineData("/{}", "'' is no parameter name: use letters, digits and _")]
    [InlineData("/{a:int}", "'a:int' is no parameter name: use letters, digits and _")]
    [InlineData("/{**rest}/b", "'{**rest}' takes the rest of the path, so it must stand last")]
    [InlineData("/{*rest}", "write '{**rest}': two stars, so that slashes stay as they are")]
    [InlineData("/{a}/{A}", "a parameter name stands twice")]
    public void TryParse_BadTemplate_SaysWhatIsWrong(string text, string expected)
    {
        PathTemplate.TryParse(text, out var template, out var error).ShouldBeFalse();

        error.ShouldBe(expected);
        template.ShouldBeNull();
    }

    [Theory]
    [InlineData("/", "/", "")]
    [InlineData("/api/products", "/API/Products", "")]
    [InlineData("/api/products", "/api/products/", "")]
    [InlineData("/api/products/{sku}", "/api/products/SKU-1", "sku=SKU-1")]
    [InlineData("/api/products/{sku}", "/api/products/a%2Fb", "sku=a%2Fb")]
    [InlineData("/a/{x}/b/{y}", "/a/1/b/2", "x=1 y=2")]
    [InlineData("/a/{**rest}", "/a/b/c/", "rest=b/c/")]
    [InlineData("/a/{**rest}", "/a//c", "rest=/c")]
    [InlineData("/a/{**rest}", "/a", "rest=")]
    [InlineData("/{**rest}", "/", "rest=")]
    public void Match_PathThatFits_GivesTheParameters(string template, string path, string values) =>
        string.Join(' ', TestPlan.Template(template).Match(path)!.Select(v => $"{v.Key}={v.Value}")).ShouldBe(values);

    [Theory]
    [InlineData("/", "/a")]
    [InlineData("/a", "/")]
    [InlineData("/a", "//a")]
    [InlineData("/a", "/a//")]
    [InlineData("/api/products", "/api/product")]
    [InlineData("/api/products/{sku}", "/api/products")]
    [InlineData("/api/products/{sku}", "/api/products/")]
    [InlineData("/api/products/{sku}", "/api/products//")]
    [InlineData("/api/products/{sku}", "/api/products/a/b")]
    [InlineData("/a/{x}/b", "/a//b")]
    public void Match_OtherPath_GivesNothing(string template, string path) => TestPlan.Template(template).Match(path).ShouldBeNull();

    [Theory]
    [InlineData("/v1/products/{sku}", "/v1/products/SKU-1")]
    [InlineData("/v1/{sku}/{sku2}", "/v1/SKU-1/")]
    [InlineData("/", "/")]
    [InlineData("/v1/{**rest}", "/v1/a/b")]
    public void Fill_Values_StandInThePath(string template, string path) =>
        TestPlan.Template(template).Fill(new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase) { ["SKU"] = "SKU-1", ["rest"] = "a/b" })
            .ShouldBe(path);

    [Fact]
    public void BestMatchFirst_MixedTemplates_LiteralBeatsParameterBeatsRest()
    {
        string[] expected = ["/a", "/a/b", "/a/b/{y}", "/a/{x}/c", "/a/{x}/{y}", "/a/{**rest}", "/{**rest}"];

        expected.Reverse().Select(TestPlan.Template).Order(PathTemplate.BestMatchFirst).Select(t => t.Text).ShouldBe(expected);
    }

    [Fact]
    public void Shape_OtherNamesAndCase_IsTheSame() =>
        TestPlan.Template("/API/{a}/{**b}").Shape.ShouldBe(TestPlan.Template("/api/{x}/{**y}").Shape);

    [Fact]
    public void Parameters_OfATemplate_StandInOrder() => TestPlan.Template("/{b}/x/{a}/{**c}").Parameters.ShouldBe(["b", "a", "c"]);
}
