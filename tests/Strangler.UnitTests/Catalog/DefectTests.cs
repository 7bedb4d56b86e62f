using System.Text.Json;
using System.Text.Json.Nodes;
using Catalog.Defects;
using Catalog.Products;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Strangler.UnitTests.Catalog;

public sealed class DefectTests
{
    private static readonly ProductRow Row = new()
    {
        Number = 7, Sku = "S", Name = "Lamp", Price = 19.99m, Currency = "EUR", Available = 3, Categories = ["garden"],
    };

    [Fact]
    public void Item_NoDefect_TaxCutOff() => ProductItem.From(Row, new DefectOptions()).PriceWithTax.ShouldBe(23.78m);

    [Fact]
    public void Item_WrongValue_OnlyPriceWithTaxDiffers()
    {
        var right = ProductItem.From(Row, new DefectOptions());

        var wrong = ProductItem.From(Row, new DefectOptions { WrongValue = true });

        wrong.PriceWithTax.ShouldBe(23.79m);
        (wrong with { PriceWithTax = right.PriceWithTax }).ShouldBe(right);
    }

    [Fact]
    public void Item_WeightUnknown_FieldMissing() =>
        Written(ProductItem.From(Row, new DefectOptions()), missingField: false).ContainsKey("weightGrams").ShouldBeFalse();

    [Fact]
    public void Detail_WeightUnknown_FieldNull()
    {
        var written = Written(Detail(weight: null), missingField: false);

        written.ContainsKey("weightGrams").ShouldBeTrue();
        written["weightGrams"].ShouldBeNull();
    }

    [Fact]
    public void Detail_MissingFieldAndWeightUnknown_FieldMissing() =>
        Written(Detail(weight: null), missingField: true).ContainsKey("weightGrams").ShouldBeFalse();

    [Fact]
    public void Detail_MissingFieldAndWeightKnown_FieldThere() =>
        Written(Detail(weight: 250), missingField: true)["weightGrams"]!.GetValue<int>().ShouldBe(250);

    [Fact]
    public void Detail_NoDescription_FieldMissing() =>
        Written(Detail(weight: 250), missingField: false).ContainsKey("description").ShouldBeFalse();

    private static ProductDetail Detail(int? weight) =>
        new("now", 7, "S", "Lamp", 19.99m, "EUR", 23.78m, ["garden"], weight, [], 3, "then", "then");

    private static JsonObject Written(object answer, bool missingField)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration["Defects:MissingField"] = $"{missingField}";
        builder.AddDefects();
        using var services = builder.Services.BuildServiceProvider();
        var json = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        return JsonSerializer.SerializeToNode(answer, json)!.AsObject();
    }
}
