using System.Net;
using Shop.Adapters.Customers;
using Shouldly;
using Strangler.IntegrationTests.LegacyShop;
using Strangler.IntegrationTests.NewServices;
using Strangler.IntegrationTests.Sync;

namespace Strangler.IntegrationTests.Parity;

public sealed class CustomersParityTests(SharedClusters clusters)
{
    [Fact]
    public async Task GetCustomer_EachKindOfVisitor_BothAnswerTheSame()
    {
        await using var lab = await CapabilityLab.StartAsync(clusters, "Customers", new CustomerMapping(), new SessionMapping());
        await lab.ChangeShopAsync("""
            update customers set full_name = 'Cher', ship_street1 = null, ship_street2 = '', phone = null, vip = 'Y' where cust_id = 2;
            update customers set full_name = ' two  spaces ', ship_zip = null, ship_city = null, points = -5 where cust_id = 3
            """);
        foreach (var number in Enumerable.Range(1, 12))
        {
            using var visitor = new ShopVisitor(lab.Monolith);
            await visitor.LogInAsync(number);
            await lab.InStepAsync();

            (await SameAsync(lab, visitor, $"{number}")).ShouldBe(HttpStatusCode.OK);
            (await SameAsync(lab, visitor, $"{number + 1}")).ShouldBe(HttpStatusCode.Forbidden);
        }

        using var stranger = new ShopVisitor(lab.Monolith);
        await stranger.AddToCartAsync("SKU-00001", 1);
        (await SameAsync(lab, stranger, "1")).ShouldBe(HttpStatusCode.Unauthorized);
        (await SameAsync(lab, stranger, "one")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task GetCustomer_LoggedOutOrDeleted_BothSayLoginRequired()
    {
        await using var lab = await CapabilityLab.StartAsync(clusters, "Customers", new CustomerMapping(), new SessionMapping());
        using var leaving = new ShopVisitor(lab.Monolith);
        await leaving.LogInAsync(20);
        using var deleted = new ShopVisitor(lab.Monolith);
        await deleted.LogInAsync(21);
        await lab.InStepAsync();
        (await SameAsync(lab, leaving, "20")).ShouldBe(HttpStatusCode.OK);

        await lab.ChangeShopAsync("update sessions set cust_id = null where cust_id = 20; update customers set deleted = 'Y' where cust_id = 21");
        await lab.InStepAsync();

        (await SameAsync(lab, leaving, "20")).ShouldBe(HttpStatusCode.Unauthorized);
        (await SameAsync(lab, deleted, "21")).ShouldBe(HttpStatusCode.Unauthorized);
        // Who logged out has left nothing here, neither digest nor cookie.
        (await lab.TargetValueAsync<long>("select count(*) from customers.session")).ShouldBe(1);
        (await lab.TargetValueAsync<long>("select count(*) from sync.applied where entity = 'session'")).ShouldBe(1);
    }

    [Fact]
    public async Task Adapters_SessionSeenAgain_NothingIsWritten()
    {
        await using var lab = await CapabilityLab.StartAsync(clusters, "Customers", new CustomerMapping(), new SessionMapping());
        using var visitor = new ShopVisitor(lab.Monolith);
        await visitor.LogInAsync(30);
        await lab.InStepAsync();
        const string Version = "select xmin::text || ctid::text from customers.session";
        var before = await lab.TargetValueAsync<string>(Version);

        await visitor.AddToCartAsync("SKU-00001", 1);
        await lab.ChangeShopAsync("update customers set points = points + 1 where cust_id = 30");
        await Eventually.TrueAsync("a later change is there", async () =>
            await lab.TargetValueAsync<int>("select points from customers.customer where number = 30")
                == await lab.ShopValueAsync<int>("select points from customers where cust_id = 30"));

        (await lab.TargetValueAsync<string>(Version)).ShouldBe(before);
    }

    private static async Task<HttpStatusCode> SameAsync(CapabilityLab lab, ShopVisitor visitor, string id)
    {
        using var legacy = await visitor.SendAsync(HttpMethod.Get, "/api/customers/" + id);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/customers/" + id);
        request.Headers.Add("Cookie", $"{ServiceProcess.SessionCookie}={visitor.Cookies.GetAllCookies()[ServiceProcess.SessionCookie]!.Value}");
        using var answer = await lab.Service.Client.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(legacy.StatusCode, id);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .ShouldBe(await legacy.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), id);
        return answer.StatusCode;
    }
}
