namespace Strangler.Cli.Api;

/// <summary>Where the edge is and what opens it.</summary>
/// <param name="Address">Address of the management port.</param>
/// <param name="Token">Token for the admin API; a secret, never printed.</param>
internal sealed record Connection(Uri Address, string Token)
{
    /// <summary>Address that is used when nothing else is said.</summary>
    public const string DefaultAddress = "http://127.0.0.1:8081";

    /// <summary>Environment variable with the address.</summary>
    public const string AddressVariable = "STRANGLER_URL";

    /// <summary>Environment variable with the token.</summary>
    public const string TokenVariable = "STRANGLER_TOKEN";

    /// <summary>Environment variable with the path of a file that holds the token.</summary>
    public const string TokenFileVariable = "STRANGLER_TOKEN_FILE";

    /// <summary>Reads the connection from the option and the environment.</summary>
    /// <param name="url">Value of <c>--url</c>; null when not given.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <exception cref="CliException">The address is none, or there is no token.</exception>
    public static Connection Read(string? url, Func<string, string?> variable) =>
        new(ReadAddress(url, variable), ReadToken(variable));

    private static Uri ReadAddress(string? url, Func<string, string?> variable)
    {
        var (source, text) = url is not null ? ("--url", url) : (AddressVariable, variable(AddressVariable));
        if (string.IsNullOrWhiteSpace(text))
        {
            text = DefaultAddress;
        }

        return Uri.TryCreate(text.Trim().TrimEnd('/') + "/", UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw new CliException(
                ExitCode.Usage,
                $"{source} is '{text}', which is no http or https address. Give one such as {DefaultAddress}.");
    }

    private static string ReadToken(Func<string, string?> variable)
    {
        var token = variable(TokenVariable);
        if (string.IsNullOrWhiteSpace(token) && variable(TokenFileVariable) is { Length: > 0 } path)
        {
            token = ReadTokenFile(path);
        }

        token = token?.Trim();
        if (string.IsNullOrEmpty(token))
        {
            throw new CliException(
                ExitCode.Failed,
                $"No token: set {TokenVariable} to the token of the edge, or {TokenFileVariable} to a file that holds it.");
        }

        return token.All(character => character is > ' ' and <= '~')
            ? token
            : throw new CliException(ExitCode.Failed, "The token has characters that no token has; was the right file named?");
    }

    private static string ReadTokenFile(string path)
    {
        try
        {
            var token = File.ReadAllText(path);
            return token.Trim().Length > 0
                ? token
                : throw new CliException(ExitCode.Failed, $"The token file {path}, named by {TokenFileVariable}, is empty.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CliException(
                ExitCode.Failed,
                $"The token file {path}, named by {TokenFileVariable}, cannot be read: {error.Message}");
        }
    }
}
