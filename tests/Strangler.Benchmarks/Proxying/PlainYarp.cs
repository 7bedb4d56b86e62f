using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;

namespace Strangler.Benchmarks.Proxying;

/// <summary>YARP as its getting-started page has it: one cluster and one destination, one route for everything or one for each operation.</summary>
internal static class PlainYarp
{
    /// <summary>Runs until it is killed.</summary>
    /// <param name="address">Where it listens.</param>
    /// <param name="backend">Where it sends everything.</param>
    /// <param name="capabilities">So many times the four operations of the edge's rules, beside the route for everything.</param>
    public static Task RunAsync(string address, string backend, int capabilities)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(address).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddReverseProxy().LoadFromMemory(
            [Route("/{**rest}", 1), .. Enumerable.Range(0, capabilities).SelectMany(OperationsOf)],
            [
                new ClusterConfig
                {
                    ClusterId = "backend",
                    Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal) { ["one"] = new() { Address = backend } },
                },
            ]);
        var app = builder.Build();
        app.MapReverseProxy();
        return app.RunAsync();
    }

    private static IEnumerable<RouteConfig> OperationsOf(int capability) =>
        from pattern in (string[])[$"/c{capability}/products", $"/c{capability}/products/{{sku}}", $"/c{capability}/search", $"/c{capability}/cart"]
        select Route(pattern, 0);

    private static RouteConfig Route(string pattern, int order) =>
        new() { RouteId = pattern, ClusterId = "backend", Order = order, Match = new RouteMatch { Path = pattern, Methods = ["GET", "HEAD"] } };
}
