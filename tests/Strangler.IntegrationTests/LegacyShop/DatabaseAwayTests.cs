using System.Diagnostics;
using System.Net;
using LegacyShop.Seeding;
using LegacyShop.Web;
using Npgsql;
using Shouldly;
using Strangler.Demo.Clusters;

namespace Strangler.IntegrationTests.LegacyShop;

public sealed class DatabaseAwayTests
{
    [Fact]
    public async Task Serve_DatabaseGoesAndComesBack_AnswersUnavailableInBetween()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var cluster = await PrivateCluster.CreateTemporaryAsync(cancellation: cancellation);
        await cluster.CreateDatabaseAsync("shop", "shop", cancellation: cancellation);
        var database = cluster.ConnectionString("shop", "shop");
        await using (var source = NpgsqlDataSource.Create(database))
        {
            await DatabaseSeeder.RunAsync(source, new SeedOptions(1, SeedOptions.MinScale));
        }

        await cluster.Kill9Async();
        await using var app = ShopServer.Build(["--urls", "http://127.0.0.1:0", "--ConnectionStrings:Shop", database]);
        await app.StartAsync(cancellation);
        using var visitor = new ShopVisitor(new Uri(app.Urls.Single()));

        var error = await visitor.JsonAsync(HttpStatusCode.ServiceUnavailable, "/api/products/SKU-00001");
        error.Names().ShouldBe("error");
        using (var page = await visitor.SendAsync(HttpMethod.Get, "/products"))
        {
            page.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            page.Headers.RetryAfter.ShouldNotBeNull();
            page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        }

        await cluster.StartAsync(cancellation);
        await UntilOkAsync(visitor);
        await cluster.Kill9Async();
        await visitor.JsonAsync(HttpStatusCode.ServiceUnavailable, "/api/products/SKU-00001");
        await cluster.StartAsync(cancellation);
        await UntilOkAsync(visitor);
    }

    private static async Task UntilOkAsync(ShopVisitor visitor)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            using var response = await visitor.SendAsync(HttpMethod.Get, "/products");
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return;
            }

            patience.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }
}
