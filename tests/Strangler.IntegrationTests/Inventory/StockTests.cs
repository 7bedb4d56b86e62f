using Npgsql;
using Shouldly;
using Strangler.IntegrationTests.NewServices;

namespace Strangler.IntegrationTests.Inventory;

public sealed class StockTests(SharedClusters clusters) : IAsyncLifetime
{
    private const string Items = """
        insert into inventory.item (id, number, sku, status) values
            (gen_random_uuid(), 1, 'LAMP', 'active'), (gen_random_uuid(), 2, 'NONE', 'active'), (gen_random_uuid(), 3, 'GONE', 'removed');
        insert into inventory.level select id, 'MUC', 4, '2024-01-01Z' from inventory.item;
        insert into inventory.level select id, 'HAM', 0, '2024-01-01Z' from inventory.item;
        delete from inventory.level where item_id = (select id from inventory.item where sku = 'NONE')
        """;

    private ServiceProcess? _inventory;

    private ServiceProcess Inventory => _inventory ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        var database = await clusters.EmptyServiceAsync("inventory");
        _inventory = await ServiceProcess.StartReadyAsync("Inventory", database.ConnectionString);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Items, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_inventory is not null)
        {
            await _inventory.DisposeAsync();
        }
    }

    [Fact]
    public async Task GetStock_EachCase_StatusAndBody()
    {
        (string Path, int Status, string Body)[] cases =
        [
            ("LAMP", 200, """{"sku":"LAMP","warehouses":[{"wh":"HAM","qty":0},{"wh":"MUC","qty":4}],"total":4}"""),
            ("NONE", 200, """{"sku":"NONE","warehouses":[],"total":0}"""),
            ("GONE", 404, """{"error":"product not found","sku":"GONE"}"""),
            ("lamp", 404, """{"error":"product not found","sku":"lamp"}"""),
        ];
        foreach (var (path, status, body) in cases)
        {
            using var answer = await Inventory.Client.GetAsync("/v1/stock/" + path, TestContext.Current.CancellationToken);
            (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(body);
            ((int)answer.StatusCode).ShouldBe(status);
        }
    }

    [Fact]
    public async Task GetStock_Head_StatusWithoutBody()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/v1/stock/GONE");
        using var answer = await Inventory.Client.SendAsync(request, TestContext.Current.CancellationToken);

        ((int)answer.StatusCode).ShouldBe(404);
        (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }
}
