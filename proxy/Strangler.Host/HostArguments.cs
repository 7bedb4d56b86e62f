using Strangler.Proxy;

namespace Strangler.Host;

/// <summary>Reads the edge's options: <c>--rules</c>, <c>--state</c>, <c>--management</c>, <c>--decision-header</c> and the admin token.</summary>
internal static class HostArguments
{
    private const string TokenName = "STRANGLER_ADMIN_TOKEN";

    public static StranglerOptions Read(IConfiguration configuration) => new()
    {
        Rules = configuration["rules"] ?? throw new HostArgumentsException("say where the rules are: --rules routing-rules/strangler.yaml"),
        State = configuration["state"] ?? throw new HostArgumentsException("say where to keep state and audit log: --state FOLDER"),
        Management = configuration["management"] ?? StranglerOptions.DefaultManagement,
        DecisionHeader = ReadFlag(configuration, "decision-header"),
        AdminToken = ReadToken(configuration),
    };

    private static bool ReadFlag(IConfiguration configuration, string name) => configuration[name] switch
    {
        null or "false" => false,
        "true" => true,
        var other => throw new HostArgumentsException($"--{name} is '{other}'; legal: true, false"),
    };

    // A secret stands in the environment or in a file, never in an argument that every process list shows.
    private static string? ReadToken(IConfiguration configuration)
    {
        if (configuration[$"{TokenName}_FILE"] is not { Length: > 0 } file) return configuration[TokenName];
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HostArgumentsException($"{TokenName}_FILE: {error.Message}");
        }
    }
}
