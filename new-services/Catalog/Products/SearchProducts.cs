using System.ComponentModel;
using Catalog.Defects;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;
using ServiceDefaults.Api;

namespace Catalog.Products;

/// <summary><c>GET /v1/search</c>: the active products whose name or description contains a text, ignoring case.</summary>
internal static class SearchProducts
{
    private const int MinLength = 2;
    private const int MaxItems = 50;

    private const string Sql = $"""
        select {ProductRow.Columns} from catalog.product p
        where p.status = 'active' and strpos(p.search_text, @text) > 0
        order by p.number limit @MaxItems
        """;

    public static void MapSearchProducts(this IEndpointRouteBuilder app) =>
        app.MapRead("/v1/search", HandleAsync)
            .WithTags("Products")
            .WithName("SearchProducts")
            .WithSummary("The first 50 active products whose name or description contains q, ignoring case");

    private static async Task<Results<Ok<SearchAnswer>, BadRequest<ErrorAnswer>>> HandleAsync(
        [Description("At least 2 characters.")] string? q,
        NpgsqlDataSource database,
        TimeProvider time,
        IOptionsMonitor<DefectOptions> defects,
        CancellationToken cancellation)
    {
        if (q is null || q.Length < MinLength)
        {
            return TypedResults.BadRequest(new ErrorAnswer($"q must have at least {MinLength} characters"));
        }

        var text = StorableText.From(q.ToLowerInvariant());
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<ProductRow>(
            new CommandDefinition(Sql, new { text, MaxItems }, cancellationToken: cancellation));
        var active = defects.CurrentValue;
        ProductItem[] items = [.. rows.Select(row => ProductItem.From(row, active))];
        return TypedResults.Ok(new SearchAnswer(ShopClock.Now(time), q, items.Length, items));
    }
}
