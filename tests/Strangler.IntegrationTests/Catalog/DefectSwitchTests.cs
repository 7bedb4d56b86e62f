using System.Text.Json.Nodes;
using Shouldly;
using Strangler.IntegrationTests.NewServices;

namespace Strangler.IntegrationTests.Catalog;

public sealed class DefectSwitchTests(CatalogFixture fixture) : IClassFixture<CatalogFixture>, IAsyncLifetime
{
    private const string Detail = "/v1/products/LAMP";
    private const string HeavyDetail = "/v1/products/ANVIL";
    private const string Discontinued = "/v1/products/OLD";
    private const string Missing = "/v1/products/NOBODY";
    private const string List = "/v1/products";
    private const string Search = "/v1/search?q=lamp";

    private static readonly string[] Paths = [Detail, HeavyDetail, Discontinued, Missing, List, Search];

    public async ValueTask InitializeAsync()
    {
        fixture.Catalog.WriteSettings("{}");
        await ServiceProcess.Until(async () =>
            (await AnswerAsync(Discontinued)).Status == 410
            && (await AnswerAsync(Detail)).Body is var detail
            && detail.Contains("23.78", StringComparison.Ordinal)
            && detail.Contains("weightGrams", StringComparison.Ordinal)
            && Skus((await AnswerAsync(List)).Body).First() == "LAMP");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("WrongValue", Detail, List, Search)]
    [InlineData("MissingField", Detail)]
    [InlineData("WrongStatus", Discontinued)]
    [InlineData("WrongOrder", List)]
    public async Task Switch_OneDefect_ChangesTheseAnswersAndNoOther(string defect, params string[] changed)
    {
        var right = await AnswersAsync();

        fixture.Catalog.WriteSettings("""{"Defects":{"DEFECT":true}}""".Replace("DEFECT", defect, StringComparison.Ordinal));
        await ServiceProcess.Until(async () => await AnswerAsync(changed[0]) != right[changed[0]]);
        var wrong = await AnswersAsync();
        fixture.Catalog.WriteSettings("{}");
        await ServiceProcess.Until(async () => await AnswerAsync(changed[0]) == right[changed[0]]);

        Paths.Where(path => wrong[path] != right[path]).ShouldBe(changed);
        (await AnswersAsync()).ShouldBe(right);
    }

    [Fact]
    public async Task Switch_WrongValue_RoundsHalfUp()
    {
        fixture.Catalog.WriteSettings("""{"Defects":{"WrongValue":true}}""");

        await ServiceProcess.Until(async () => (await AnswerAsync(Detail)).Body.Contains("\"priceWithTax\":23.79", StringComparison.Ordinal));
        (await AnswerAsync(HeavyDetail)).Body.ShouldContain("\"priceWithTax\":119");
    }

    [Fact]
    public async Task Switch_MissingField_UnknownWeightLeftOut()
    {
        fixture.Catalog.WriteSettings("""{"Defects":{"MissingField":true}}""");

        await ServiceProcess.Until(async () => !(await AnswerAsync(Detail)).Body.Contains("weightGrams", StringComparison.Ordinal));
        (await AnswerAsync(HeavyDetail)).Body.ShouldContain("\"weightGrams\":250");
    }

    [Fact]
    public async Task Switch_WrongStatus_SameBodyWith404()
    {
        var right = await AnswerAsync(Discontinued);

        fixture.Catalog.WriteSettings("""{"Defects":{"WrongStatus":true}}""");

        await ServiceProcess.Until(async () => (await AnswerAsync(Discontinued)).Status == 404);
        (await AnswerAsync(Discontinued)).Body.ShouldBe(right.Body);
    }

    [Fact]
    public async Task Switch_WrongOrder_ByPrice()
    {
        fixture.Catalog.WriteSettings("""{"Defects":{"WrongOrder":true}}""");

        await ServiceProcess.Until(async () =>
            Skus((await AnswerAsync(List)).Body).SequenceEqual(["LAMP2", "LAMP", "ANVIL"], StringComparer.Ordinal));
    }

    [Fact]
    public async Task Switch_SettingsBroken_ServesWithoutDefects()
    {
        fixture.Catalog.WriteSettings("""{"Defects":{"WrongStatus":true}}""");
        await ServiceProcess.Until(async () => (await AnswerAsync(Discontinued)).Status == 404);

        fixture.Catalog.WriteSettings("""{"Defects":{"Wrong""");

        await ServiceProcess.Until(async () => (await AnswerAsync(Discontinued)).Status == 410);
        fixture.Catalog.Output.ShouldContain("settings.json cannot be read");
    }

    private static IEnumerable<string> Skus(string page) =>
        JsonNode.Parse(page)!["items"]!.AsArray().Select(item => item!["sku"]!.GetValue<string>());

    private async Task<Dictionary<string, Answer>> AnswersAsync()
    {
        var answers = new Dictionary<string, Answer>(StringComparer.Ordinal);
        foreach (var path in Paths)
        {
            answers[path] = await AnswerAsync(path);
        }

        return answers;
    }

    private async Task<Answer> AnswerAsync(string path)
    {
        using var response = await fixture.Catalog.Client.GetAsync(path, TestContext.Current.CancellationToken);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject();
        body.Remove("generatedAt");
        return new Answer((int)response.StatusCode, body.ToJsonString());
    }

    private sealed record Answer(int Status, string Body);
}
