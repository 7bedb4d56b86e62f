using Microsoft.AspNetCore.Routing;
using Shouldly;
using Strangler.Core.Model;
using Strangler.IntegrationTests.Edge;
using Strangler.Proxy.Admin.Access;

namespace Strangler.IntegrationTests.Admin;

public sealed class AccessTests : IAsyncLifetime
{
    private const string Everybody = "viewer qa operator migrator admin";
    private const string Lowers = "operator migrator admin";
    private const string Raises = "migrator admin";
    private const string Judges = "qa admin";
    private const string Admins = "admin";

    // Who may ask what: written down a second time, so that nobody gets a right by a slip of the hand.
    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["GET /capabilities"] = Everybody,
        ["GET /capabilities/{name}"] = Everybody,
        ["GET /differences"] = Everybody,
        ["GET /differences/{fingerprint}"] = Everybody,
        ["POST /differences:preview"] = Everybody,
        ["POST /differences/{fingerprint}:ack"] = Judges,
        ["POST /differences/{fingerprint}:ignore"] = Judges,
        ["POST /differences/{fingerprint}:fix"] = Judges,
        ["POST /differences/{fingerprint}:reopen"] = Judges,
        ["POST /differences/{fingerprint}:rerun"] = Judges,
        ["GET /capabilities/{name}/gate"] = Everybody,
        ["GET /explain"] = Everybody,
        ["GET /edges"] = Everybody,
        ["GET /plans"] = Everybody,
        ["GET /plans/{number:long}"] = Everybody,
        ["GET /audit"] = Everybody,
        ["GET /audit/export"] = Everybody,
        ["GET /events"] = Everybody,
        ["GET /features"] = Everybody,
        ["GET /openapi.json"] = Everybody,
        ["POST /changes:preview"] = Everybody,
        ["POST /capabilities/{name}:promote"] = Raises,
        ["POST /capabilities/{name}:rollback"] = Lowers,
        ["POST /capabilities/{name}:shrink"] = Lowers,
        ["POST /capabilities/{name}:hold"] = Lowers,
        ["POST /capabilities/{name}:release"] = Raises,
        ["POST /capabilities/{name}:kill"] = Lowers,
        ["POST /capabilities/{name}:include"] = Lowers,
        ["POST /capabilities/{name}:exclude"] = Lowers,
        ["POST /capabilities/{name}:isolate"] = Lowers,
        ["POST /capabilities/{name}:reset"] = Raises,
        ["POST /changes"] = Lowers,
        ["POST /rules:apply"] = Raises,
        ["GET /tokens"] = Admins,
        ["POST /tokens"] = Admins,
        ["DELETE /tokens/{name}"] = Admins,
    };

    private TestEdge _edge = null!;

    public async ValueTask InitializeAsync() => _edge = await TestEdge.StartAsync();

    public ValueTask DisposeAsync() => _edge.DisposeAsync();

    [Fact]
    public void Routes_OfTheAdminApi_EachDeclareARight()
    {
        var routes = Routes().ToList();

        routes.ShouldNotBeEmpty();
        routes.ShouldAllBe(route => route.Endpoint.Metadata.GetMetadata<RightNeeded>() != null);
        routes.Select(route => route.Id).Order(StringComparer.Ordinal).ShouldBe(Allowed.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Route_EveryRole_IsAllowedAsTheTableSays()
    {
        foreach (var role in Enum.GetValues<Role>().Select(KebabNames<Role>.Of))
        {
            using var client = await _edge.OperatorAsync("a-" + role, role);
            foreach (var (id, _) in Routes())
            {
                var (method, pattern) = (id.Split(' ')[0], id.Split(' ')[1]);
                var path = "/admin/v1" + pattern.Replace("{number:long}", "1", StringComparison.Ordinal)
                    .Replace("{name}", pattern.Contains("tokens", StringComparison.Ordinal) ? "nobody" : "catalog", StringComparison.Ordinal);

                using var response = await client.SendJsonAsync(new HttpMethod(method), path, method == "POST" ? new { } : null);

                var isAllowed = Allowed[id].Split(' ').Contains(role);
                ((int)response.StatusCode == 403).ShouldBe(!isAllowed, $"{role} {id}: {(int)response.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task Call_RoleTooLow_Is403AndNamesBothRoles()
    {
        using var viewer = await _edge.OperatorAsync("vera", "viewer");

        using var response = await _edge.PostAsync("/admin/v1/capabilities/catalog:promote", new { reason = "x" }, "\"1\"", by: viewer);

        var problem = await response.ShouldBeAsync(403, "forbidden");
        ((string)problem["detail"]!).ShouldBe("this needs the role migrator or admin; the token 'vera' has the role viewer");
    }

    [Theory]
    [InlineData("include", false, false)]
    [InlineData("include", true, true)]
    [InlineData("exclude", false, true)]
    [InlineData("exclude", true, false)]
    public async Task List_ByAnOperator_IsAllowedWhereItLowers(string verb, bool remove, bool isAllowed)
    {
        using var client = await _edge.OperatorAsync("otto", "operator");
        var plan = await _edge.PlanAsync();

        using var alone = await _edge.PostAsync($"/admin/v1/capabilities/catalog:{verb}", new { reason = "x", groups = new[] { "staff" }, remove }, $"\"{plan}\"", by: client);
        using var among = await _edge.PostAsync(
            "/admin/v1/changes", new { reason = "x", moves = new[] { new { capability = "catalog", verb, groups = new[] { "b" }, remove } } }, $"\"{await _edge.PlanAsync()}\"", by: client);

        ((int)alone.StatusCode, (int)among.StatusCode).ShouldBe(isAllowed ? (200, 200) : (403, 403));
    }

    [Fact]
    public async Task DryRun_ByAViewer_IsAllowed()
    {
        using var viewer = await _edge.OperatorAsync("vera", "viewer");
        var plan = await _edge.PlanAsync();

        using var response = await _edge.PostAsync("/admin/v1/capabilities/catalog:promote?dryRun=true", new { reason = "x" }, $"\"{plan}\"", by: viewer);

        var answer = await response.ShouldBeAsync(200);
        ((string)answer["capability"]!["stage"]!, await _edge.PlanAsync()).ShouldBe(("shadow", plan));
    }

    [Theory]
    [InlineData("GET", "/admin/v1/nothing", 404, "not-found")]
    [InlineData("GET", "/admin", 404, "not-found")]
    [InlineData("DELETE", "/admin/v1/capabilities", 405, "method-not-allowed")]
    [InlineData("GET", "/admin/v1/differences?limit=x", 400, "invalid")]
    public async Task Call_OfNoRoute_IsAProblemForThoseWithATokenOnly(string method, string path, int status, string type)
    {
        using var stranger = _edge.WithToken("stg_wrong");

        using var known = await _edge.Admin.SendJsonAsync(new HttpMethod(method), path, null);
        using var unknown = await stranger.SendJsonAsync(new HttpMethod(method), path, null);

        await known.ShouldBeAsync(status, type);
        await unknown.ShouldBeAsync(401, "unauthorized");
    }

    private IEnumerable<(string Id, RouteEndpoint Endpoint)> Routes() => _edge.AdminRoutes.OfType<RouteEndpoint>()
        .Where(e => e.RoutePattern.RawText!.StartsWith("/admin", StringComparison.Ordinal))
        .Select(e => ($"{e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]} {e.RoutePattern.RawText!["/admin/v1".Length..]}", e));
}
