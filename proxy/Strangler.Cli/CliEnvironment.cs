using Strangler.Cli.Output;

namespace Strangler.Cli;

/// <summary>All that the command touches outside itself, so that a test can stand in for any of it.</summary>
/// <param name="Terminal">Where it reads and writes.</param>
/// <param name="Time">Clock and timers.</param>
/// <param name="Variable">Reads an environment variable; null or empty when it is not set.</param>
/// <param name="CreateHandler">Makes the transport to the edge; the caller disposes it.</param>
internal sealed record CliEnvironment(
    Terminal Terminal,
    TimeProvider Time,
    Func<string, string?> Variable,
    Func<HttpMessageHandler> CreateHandler)
{
    /// <summary>The environment of this process.</summary>
    public static CliEnvironment OfProcess()
    {
        Func<string, string?> variable = Environment.GetEnvironmentVariable;
        // A proxy taken from the environment, or a redirect, would carry the token to a third party.
        return new(
            Terminal.OfProcess(variable),
            TimeProvider.System,
            variable,
            () => new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });
    }
}
