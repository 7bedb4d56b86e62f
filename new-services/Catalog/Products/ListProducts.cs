using System.ComponentModel;
using System.Globalization;
using Catalog.Defects;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;
using ServiceDefaults.Api;

namespace Catalog.Products;

/// <summary><c>GET /v1/products</c>: the active products, page by page.</summary>
internal static class ListProducts
{
    private const int DefaultSize = 24;
    private const int MaxSize = 100;
    private const int MaxPage = 10_000;

    private const string Condition = """
        where p.status = 'active'
          and (@category::text is null or exists (
              select from catalog.product_category c where c.product_id = p.id and c.slug = @category))
        """;

    private const string ByName = "p.name collate \"C\", p.number";
    private const string ByPrice = "p.price, p.number";

    public static void MapListProducts(this IEndpointRouteBuilder app) =>
        app.MapRead("/v1/products", HandleAsync)
            .WithTags("Products")
            .WithName("ListProducts")
            .WithSummary("The active products, page by page, sorted by name")
            .DescribeInteger("page", 1, MaxPage, 1)
            .DescribeInteger("size", 1, MaxSize, DefaultSize);

    private static async Task<Results<Ok<ProductPage>, BadRequest<ErrorAnswer>>> HandleAsync(
        [Description("Only products of this category.")] string? category,
        [Description("Counted from 1.")] string? page,
        [Description("The most items on a page.")] string? size,
        NpgsqlDataSource database,
        TimeProvider time,
        IOptionsMonitor<DefectOptions> defects,
        CancellationToken cancellation)
    {
        if (!TryRead(page, 1, MaxPage, out var wantedPage))
        {
            return TypedResults.BadRequest(new ErrorAnswer($"page must be 1 to {MaxPage}"));
        }

        if (!TryRead(size, DefaultSize, MaxSize, out var wantedSize))
        {
            return TypedResults.BadRequest(new ErrorAnswer($"size must be 1 to {MaxSize}"));
        }

        var active = defects.CurrentValue;
        var sql = $"""
            select count(*)::int from catalog.product p {Condition};
            select {ProductRow.Columns} from catalog.product p {Condition}
            order by {(active.WrongOrder ? ByPrice : ByName)} limit @size offset @skip
            """;
        var slug = string.IsNullOrWhiteSpace(category) ? null : StorableText.From(category.Trim().ToLowerInvariant());
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var answers = await connection.QueryMultipleAsync(new CommandDefinition(
            sql,
            new { category = slug, size = wantedSize, skip = (wantedPage - 1) * wantedSize },
            cancellationToken: cancellation));
        var total = await answers.ReadSingleAsync<int>();
        var rows = await answers.ReadAsync<ProductRow>();
        return TypedResults.Ok(new ProductPage(
            ShopClock.Now(time), wantedPage, wantedSize, total, [.. rows.Select(row => ProductItem.From(row, active))]));
    }

    private static bool TryRead(string? text, int fallback, int max, out int value)
    {
        value = fallback;
        return string.IsNullOrEmpty(text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= 1 && value <= max);
    }
}
