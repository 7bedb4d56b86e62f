using System.Text.Json.Nodes;
using Spectre.Console.Rendering;
using Strangler.Cli.Api;
using Strangler.Cli.Output;

namespace Strangler.Cli.Verbs;

/// <summary>One run of one verb.</summary>
/// <param name="environment">What the command reads, writes and talks to.</param>
/// <param name="format">How data is written.</param>
/// <param name="url">Value of <c>--url</c>; null when not given.</param>
internal sealed class Session(CliEnvironment environment, OutputFormat format, string? url) : IDisposable
{
    private AdminClient? _edge;
    private AdaptersClient? _adapters;

    /// <summary>Where the verb reads and writes.</summary>
    public Terminal Terminal => environment.Terminal;

    /// <summary>Clock and timers.</summary>
    public TimeProvider Time => environment.Time;

    /// <summary>How data is written.</summary>
    public OutputFormat Format => format;

    /// <summary>The edge. Verbs that work without one never ask for it, and so need no token.</summary>
    /// <exception cref="CliException">The address is none, or there is no token.</exception>
    public AdminClient Edge =>
        _edge ??= new AdminClient(Connection.Read(url, environment.Variable), environment.CreateHandler(), environment.Time);

    /// <summary>Who runs the command, for audits: the name of the account.</summary>
    public string Actor => environment.Variable("USER") is { Length: > 0 } user ? user : "unknown";

    /// <summary>The adapters.</summary>
    /// <param name="address">Value of <c>--adapters</c>; null when not given.</param>
    /// <exception cref="CliException">The address is none, or the token cannot be read.</exception>
    public AdaptersClient Adapters(string? address) =>
        _adapters ??= new AdaptersClient(AdaptersConnection.Read(address, environment.Variable), environment.CreateHandler(), environment.Time);

    /// <summary>Writes data in the format that was asked for.</summary>
    /// <param name="document">The data for programs.</param>
    /// <param name="picture">The data for people, the next steps not included.</param>
    /// <param name="nextSteps">Commands that make sense now.</param>
    public void Write(Func<JsonObject> document, Func<IRenderable> picture, IReadOnlyList<string> nextSteps)
    {
        if (format is OutputFormat.Json)
        {
            JsonOutput.Write(Terminal.Out, document(), nextSteps);
            return;
        }

        Terminal.Write(picture());
        if (nextSteps.Count > 0)
        {
            Terminal.Write(Tables.Next(nextSteps));
        }
    }

    /// <summary>Writes a message to the standard error stream.</summary>
    /// <param name="message">A sentence.</param>
    public void Tell(string message) => Terminal.Error.WriteLine(Words.Safe(message));

    /// <inheritdoc/>
    public void Dispose()
    {
        _edge?.Dispose();
        _adapters?.Dispose();
    }
}
