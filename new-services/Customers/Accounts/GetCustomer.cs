using System.ComponentModel;
using System.Globalization;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;
using ServiceDefaults.Api;

namespace Customers.Accounts;

/// <summary><c>GET /v1/customers/{id}</c>: the customer who asks.</summary>
internal static class GetCustomer
{
    private const string Sql = """
        select c.number, c.first_name as firstName, c.last_name as lastName, c.email, c.phone,
               max(l.line) filter (where l.position = 1) as line1,
               max(l.line) filter (where l.position = 2) as line2,
               max(l.line) filter (where l.position = 3) as line3,
               a.zip, a.city, a.country, c.points, c.vip, c.created_at as createdAt
        from customers.session s
        join customers.customer c on c.number = s.customer_number and c.status = 'active'
        left join customers.address a on a.customer_id = c.id and a.kind = 'shipping'
        left join customers.address_line l on l.customer_id = a.customer_id and l.kind = a.kind
        where s.digest = @digest
        group by c.id, a.customer_id, a.kind
        """;

    public static void MapGetCustomer(this IEndpointRouteBuilder app) =>
        app.MapRead("/v1/customers/{id}", HandleAsync)
            .WithTags("Customers")
            .WithName("GetCustomer")
            .WithSummary("The customer's own data; 401 for who is not logged in, 403 for somebody else's")
            .Produces<ErrorAnswer>(StatusCodes.Status401Unauthorized)
            .Produces<ErrorAnswer>(StatusCodes.Status403Forbidden)
            .DescribeInteger("id");

    private static async Task<Results<Ok<CustomerAnswer>, NotFound<ErrorAnswer>, JsonHttpResult<ErrorAnswer>>> HandleAsync(
        [Description("The customer's number.")] string id,
        HttpRequest request,
        NpgsqlDataSource database,
        IOptions<SessionCookieOptions> session,
        CancellationToken cancellation)
    {
        // What is not a number is no path of this contract, whoever asks.
        if (!int.TryParse(id, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number))
        {
            return TypedResults.NotFound(new ErrorAnswer("not found"));
        }

        if (request.Cookies[session.Value.Cookie!] is not { Length: > 0 } cookie
            || await FindAsync(database, SessionDigest.Of(cookie), cancellation) is not { } customer)
        {
            return TypedResults.Json(new ErrorAnswer("login required"), statusCode: StatusCodes.Status401Unauthorized);
        }

        return customer.Number == number
            ? TypedResults.Ok(customer.ToAnswer())
            : TypedResults.Json(new ErrorAnswer("not your account"), statusCode: StatusCodes.Status403Forbidden);
    }

    private static async Task<CustomerRow?> FindAsync(NpgsqlDataSource database, byte[] digest, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<CustomerRow>(
            new CommandDefinition(Sql, new { digest }, cancellationToken: cancellation));
    }
}
