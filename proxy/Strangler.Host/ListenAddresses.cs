namespace Strangler.Host;

/// <summary>Where the edge's own server listens, found as Kestrel finds it.</summary>
internal static class ListenAddresses
{
    private const string Default = "http://localhost:5000";

    /// <summary>Its own endpoints, else the addresses, else the ports, else its default.</summary>
    /// <param name="configuration">The host's configuration.</param>
    public static IReadOnlyList<string> Read(IConfiguration configuration)
    {
        string[] endpoints = [.. configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>()];
        if (endpoints.Length > 0) return endpoints;
        var urls = Split(configuration["urls"]);
        if (urls.Length > 0) return urls;
        string[] ports =
        [
            .. Split(configuration["http_ports"]).Select(port => $"http://*:{port}"),
            .. Split(configuration["https_ports"]).Select(port => $"https://*:{port}"),
        ];
        return ports.Length > 0 ? ports : [Default];
    }

    private static string[] Split(string? list) => list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
