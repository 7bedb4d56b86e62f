using Npgsql;
using Shouldly;
using Strangler.IntegrationTests.NewServices;

namespace Strangler.IntegrationTests.Customers;

public sealed class CustomerTests(SharedClusters clusters) : IAsyncLifetime
{
    private const string Rows = """
        insert into customers.customer (id, number, first_name, last_name, email, phone, points, vip, status, created_at) values
            (gen_random_uuid(), 1, 'Käthe', 'Müller', 'k@shop.example', '+49 40 1', 12, true, 'active', '2024-01-31 23:30Z'),
            (gen_random_uuid(), 2, null, 'Cher', 'c@shop.example', null, 0, false, 'active', '2024-07-01 08:00Z'),
            (gen_random_uuid(), 3, 'No', 'More', 'n@shop.example', null, 0, false, 'removed', '2024-07-01 08:00Z');
        insert into customers.address select id, 'shipping', '20095', 'Hamburg', 'DE' from customers.customer where number = 1;
        insert into customers.address select id, 'shipping', null, null, 'AT' from customers.customer where number = 2;
        insert into customers.address_line select id, 'shipping', 1, 'Gartenweg 1' from customers.customer where number = 1;
        insert into customers.address_line select id, 'shipping', 3, 'c/o Meyer' from customers.customer where number = 1;
        insert into customers.session select sha256(convert_to('session-' || n, 'UTF8')), n from generate_series(1, 4) n
        """;

    private ServiceProcess? _customers;

    private ServiceProcess Customers => _customers ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        var database = await clusters.EmptyServiceAsync("customers");
        _customers = await ServiceProcess.StartReadyAsync("Customers", database.ConnectionString);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Rows, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_customers is not null)
        {
            await _customers.DisposeAsync();
        }
    }

    [Fact]
    public async Task GetCustomer_EachCase_StatusAndBody()
    {
        const string LoginRequired = """{"error":"login required"}""";
        (string Id, string? Cookie, int Status, string Body)[] cases =
        [
            ("1", "session-1", 200, """
                {"id":1,"name":"Käthe Müller","email":"k@shop.example","phone":"+49 40 1","street1":"Gartenweg 1","street2":null,"street3":"c/o Meyer","zip":"20095","city":"Hamburg","country":"DE","points":12,"vip":true,"createdAt":"2024-02-01T00:30:00"}
                """),
            ("2", "session-2", 200, """
                {"id":2,"name":"Cher","email":"c@shop.example","phone":null,"street1":null,"street2":null,"street3":null,"zip":null,"city":null,"country":"AT","points":0,"vip":false,"createdAt":"2024-07-01T10:00:00"}
                """),
            ("2", "session-1", 403, """{"error":"not your account"}"""),
            ("1", null, 401, LoginRequired),
            ("1", "session-x", 401, LoginRequired),
            ("3", "session-3", 401, LoginRequired),
            ("4", "session-4", 401, LoginRequired),
            ("one", "session-1", 404, """{"error":"not found"}"""),
            ("99999999999", null, 404, """{"error":"not found"}"""),
        ];
        foreach (var (id, cookie, status, body) in cases)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/customers/" + id);
            request.Headers.Add("Cookie", cookie is null ? "Other=1" : $"Other=1; {ServiceProcess.SessionCookie}={cookie}");
            using var answer = await Customers.Client.SendAsync(request, TestContext.Current.CancellationToken);

            (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(body.Trim(), $"{id} {cookie}");
            ((int)answer.StatusCode).ShouldBe(status, $"{id} {cookie}");
        }
    }
}
