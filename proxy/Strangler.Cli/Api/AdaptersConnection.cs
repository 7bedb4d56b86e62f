namespace Strangler.Cli.Api;

/// <summary>Where the adapters are and what opens them.</summary>
/// <param name="Address">Address of their API.</param>
/// <param name="Token">Their token; null to ask for what needs none. A secret, never printed.</param>
internal sealed record AdaptersConnection(Uri Address, string? Token)
{
    /// <summary>Address that is used when nothing else is said.</summary>
    public const string DefaultAddress = "http://127.0.0.1:5300";

    /// <summary>Environment variable with the address.</summary>
    public const string AddressVariable = "STRANGLER_ADAPTERS";

    /// <summary>Environment variable with the token.</summary>
    public const string TokenVariable = "STRANGLER_ADAPTERS_TOKEN";

    /// <summary>Environment variable with the path of a file that holds the token.</summary>
    public const string TokenFileVariable = "STRANGLER_ADAPTERS_TOKEN_FILE";

    /// <summary>Reads the connection from the option and the environment.</summary>
    /// <param name="url">Value of <c>--adapters</c>; null when not given.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <exception cref="CliException">The address is none, or the token file cannot be read.</exception>
    public static AdaptersConnection Read(string? url, Func<string, string?> variable)
    {
        var (source, text) = url is not null ? ("--adapters", url) : (AddressVariable, variable(AddressVariable));
        if (string.IsNullOrWhiteSpace(text))
        {
            text = DefaultAddress;
        }

        return Uri.TryCreate(text.Trim().TrimEnd('/') + "/", UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? new AdaptersConnection(address, ReadToken(variable))
            : throw new CliException(ExitCode.Usage, $"{source} is '{text}', which is no http or https address. Give one such as {DefaultAddress}.");
    }

    private static string? ReadToken(Func<string, string?> variable)
    {
        var token = variable(TokenVariable);
        if (string.IsNullOrWhiteSpace(token) && variable(TokenFileVariable) is { Length: > 0 } path)
        {
            try
            {
                token = File.ReadAllText(path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new CliException(ExitCode.Failed, $"The token file {path}, named by {TokenFileVariable}, cannot be read: {error.Message}");
            }
        }

        token = token?.Trim();
        return string.IsNullOrEmpty(token) || token.All(character => character is > ' ' and <= '~')
            ? token
            : throw new CliException(ExitCode.Failed, "The token has characters that no token has; was the right file named?");
    }
}
