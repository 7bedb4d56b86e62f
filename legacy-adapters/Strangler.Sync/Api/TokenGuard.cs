using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Strangler.Sync.Api;

/// <summary>Lets in who has the token, of which only the hash is kept.</summary>
internal sealed class TokenGuard : IEndpointFilter
{
    private const string Scheme = "Bearer ";
    private const int ShortestToken = 16;

    private readonly byte[]? _hash;

    /// <summary>Reads <c>Sync:Token</c>, or the file that <c>Sync:TokenFile</c> names.</summary>
    /// <exception cref="InvalidOperationException">The file cannot be read, or the token is too short.</exception>
    public TokenGuard(IConfiguration configuration)
    {
        var section = configuration.GetSection(SyncOptions.Section);
        var token = section["Token"];
        if (string.IsNullOrWhiteSpace(token) && section["TokenFile"] is { Length: > 0 } path)
        {
            try
            {
                token = File.ReadAllText(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new InvalidOperationException($"The token file {path}, named by Sync__TokenFile, cannot be read: {e.Message}", e);
            }
        }

        token = token?.Trim();
        if (string.IsNullOrEmpty(token))
        {
            return;
        }

        _hash = token.Length >= ShortestToken
            ? Hash(token)
            : throw new InvalidOperationException($"The token of the adapters has {token.Length} characters; it needs at least {ShortestToken}.");
    }

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (_hash is null)
        {
            return Problem.Forbidden(
                "These adapters have no token, so nobody may do this: start them with Sync__Token, or with Sync__TokenFile naming a file that holds one.");
        }

        var header = context.HttpContext.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || !CryptographicOperations.FixedTimeEquals(Hash(header[Scheme.Length..].Trim()), _hash))
        {
            context.HttpContext.Response.Headers.WWWAuthenticate = "Bearer";
            return Problem.Unauthorized("The adapters want their token: send it as Authorization: Bearer TOKEN.");
        }

        return await next(context);
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
