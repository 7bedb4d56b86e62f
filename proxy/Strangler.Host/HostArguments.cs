using System.Buffers;
using System.Globalization;
using Strangler.Proxy;

namespace Strangler.Host;

/// <summary>
/// Reads the edge's options: <c>--rules</c>, <c>--rules-environment</c>, <c>--state</c>, <c>--management</c>, <c>--decision-header</c>, <c>--unit-header</c>,
/// <c>--control-store</c>, <c>--edge</c>, <c>--close-after</c>, <c>--drain</c> and the secrets.
/// </summary>
internal static class HostArguments
{
    private const string TokenName = "STRANGLER_ADMIN_TOKEN";
    private const string ControlStoreName = "STRANGLER_CONTROL_STORE";
    private const string TokenKeyName = "STRANGLER_TOKEN_KEY";
    private const string VisitorKeysName = "STRANGLER_VISITOR_KEYS";

    private const int MostSeconds = 3600;

    private static readonly SearchValues<char> HeaderNameLetters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly string[] SpokenFor = ["Host", "Cookie", "Authorization", "Connection", "Content-Length", "Transfer-Encoding"];

    public static StranglerOptions Read(IConfiguration configuration) => new()
    {
        Rules = configuration["rules"] ?? throw new HostArgumentsException("say where the rules are: --rules routing-rules/strangler.yaml"),
        // Not --environment, which is the host's own.
        RulesEnvironment = configuration["rules-environment"] is { Length: > 0 } environment ? environment : null,
        Addresses = ListenAddresses.Read(configuration),
        State = configuration["state"] ?? throw new HostArgumentsException("say where to keep state and audit log: --state FOLDER"),
        Management = configuration["management"] ?? StranglerOptions.DefaultManagement,
        DecisionHeader = ReadFlag(configuration, "decision-header"),
        UnitHeader = ReadHeaderName(configuration, "unit-header"),
        AdminToken = ReadSecret(configuration, TokenName)?.Trim(),
        VisitorKeys = ReadSecret(configuration, VisitorKeysName),
        TokenKey = ReadSecret(configuration, TokenKeyName),
        Edge = configuration["edge"] ?? EdgeName(configuration["urls"]),
        ControlStore = ReadControlStore(configuration),
        CloseAfterFlip = ReadSeconds(configuration, "close-after") ?? new StranglerOptions().CloseAfterFlip,
        Drain = ReadSeconds(configuration, "drain") ?? new StranglerOptions().Drain,
    };

    // Several edges on one machine have different ports.
    private static string EdgeName(string? urls)
    {
        var port = urls?.Split(';')[0].Split(':').LastOrDefault()?.TrimEnd('/');
        return int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? $"{Environment.MachineName}:{port}" : Environment.MachineName;
    }

    private static string? ReadControlStore(IConfiguration configuration) => configuration["control-store"] switch
    {
        null or "file" => null,
        "postgres" => ReadSecret(configuration, ControlStoreName)?.Trim() is { Length: > 0 } connection
            ? connection
            : throw new HostArgumentsException($"--control-store postgres needs its connection string in {ControlStoreName}, or the path of a file with it in {ControlStoreName}_FILE"),
        var other => throw new HostArgumentsException($"--control-store is '{other}'; legal: file, postgres"),
    };

    private static TimeSpan? ReadSeconds(IConfiguration configuration, string name) => configuration[name] switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= MostSeconds => TimeSpan.FromSeconds(seconds),
        var other => throw new HostArgumentsException($"--{name} is '{other}'; legal: whole seconds from 0 to {MostSeconds}"),
    };

    private static bool ReadFlag(IConfiguration configuration, string name) => configuration[name] switch
    {
        null or "false" => false,
        "true" => true,
        var other => throw new HostArgumentsException($"--{name} is '{other}'; legal: true, false"),
    };

    private static string? ReadHeaderName(IConfiguration configuration, string name)
    {
        if (configuration[name] is not { } header) return null;
        var legal = header.Length > 0 && !header.AsSpan().ContainsAnyExcept(HeaderNameLetters)
            && !SpokenFor.Contains(header, StringComparer.OrdinalIgnoreCase);
        return legal ? header : throw new HostArgumentsException($"--{name} is '{header}', which can be no header for the unit; for example X-Shopper");
    }

    // A secret stands in the environment or in a file, never in an argument that every process list shows.
    private static string? ReadSecret(IConfiguration configuration, string name)
    {
        if (configuration[$"{name}_FILE"] is not { Length: > 0 } file) return configuration[name];
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HostArgumentsException($"{name}_FILE: {error.Message}");
        }
    }
}
