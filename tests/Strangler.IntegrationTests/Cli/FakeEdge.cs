using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Strangler.Core.Admin;

namespace Strangler.IntegrationTests.Cli;

/// <summary>A small admin API on a real port that can be told to refuse. It checks what an edge checks: token and If-Match.</summary>
internal sealed class FakeEdge : IAsyncDisposable
{
    public const string Token = "integration-token";

    private readonly WebApplication _app;

    private FakeEdge()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.MapGet("/admin/v1/capabilities", call => AnswerAsync(call, () => TypedResults.Json(State(), AdminJson.Default.CapabilitiesAnswer)));
        _app.MapPost("/admin/v1/{**change}", call => AnswerAsync(call, () => Change(call)));
    }

    /// <summary>Number of the plan in force.</summary>
    public long Plan { get; set; } = 12;

    /// <summary>What a change is refused with; null to accept it.</summary>
    public AdminProblem? Refusal { get; set; }

    /// <summary>Changes that were made, as their addresses.</summary>
    public List<string> Changes { get; } = [];

    /// <summary>Address of the server.</summary>
    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>What a shell needs to use this edge.</summary>
    public Dictionary<string, string?> Variables => new(StringComparer.Ordinal)
    {
        ["STRANGLER_URL"] = Address,
        ["STRANGLER_TOKEN"] = Token,
    };

    public static async Task<FakeEdge> StartAsync()
    {
        var edge = new FakeEdge();
        await edge._app.StartAsync(TestContext.Current.CancellationToken);
        return edge;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Task AnswerAsync(HttpContext call, Func<IResult> answer) =>
        (call.Request.Headers.Authorization == $"Bearer {Token}"
            ? answer()
            : Refuse(new AdminProblem(ProblemTypes.Unauthorized, "Not authorized", StatusCodes.Status401Unauthorized))).ExecuteAsync(call);

    private IResult Change(HttpContext call)
    {
        if (call.Request.Headers.IfMatch.ToString() is var match && match != "*" && match != $"\"{Plan}\"")
        {
            return Refuse(new AdminProblem(
                ProblemTypes.Stale, "The plan has changed", StatusCodes.Status412PreconditionFailed, $"plan {Plan} is in force"));
        }

        if (Refusal is not null)
        {
            return Refuse(Refusal);
        }

        if (call.Request.Query["dryRun"] != "true")
        {
            Plan++;
            Changes.Add(call.Request.Path);
        }

        return call.Request.Path == "/admin/v1/rules:apply"
            ? TypedResults.Json(new ApplyAnswer(Plan, ["rules read"]), AdminJson.Default.ApplyAnswer)
            : TypedResults.Json(
                new ChangeAnswer(Plan, 0, State().Capabilities[0], ["stage legacy -> shadow"]),
                AdminJson.Default.ChangeAnswer);
    }

    private static JsonHttpResult<AdminProblem> Refuse(AdminProblem problem) =>
        TypedResults.Json(problem, AdminJson.Default.AdminProblem, "application/problem+json", problem.Status);

    private CapabilitiesAnswer State() => new(
        Plan,
        new EdgeInfo("0.1.0", DecisionHeader: true, "rules.yaml", DateTimeOffset.UnixEpoch),
        [
            new CapabilityStatus(
                "catalog",
                "storefront",
                "legacy",
                0,
                Killed: false,
                new SidesStatus(new SideStatus(1, 0, 1.5), new SideStatus(0, 0)),
                0,
                new ShadowStatus(0, 0, 0, 0, 0, new Dictionary<string, long>(StringComparer.Ordinal))),
        ]);
}
