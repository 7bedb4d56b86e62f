using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Admin;

/// <summary>Checks the bearer token of the admin API. Keeps only its SHA-256.</summary>
internal sealed class AdminToken
{
    private const string Scheme = "Bearer ";
    private readonly byte[]? _hash;

    public AdminToken(StranglerOptions options, ILogger<AdminToken> log)
    {
        if (string.IsNullOrWhiteSpace(options.AdminToken)) log.NoAdminToken();
        else _hash = Hash(options.AdminToken.Trim());
        options.AdminToken = null;
    }

    public bool Accepts(StringValues authorization) =>
        _hash is not null
        && authorization is [{ } value]
        && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Hash(value[Scheme.Length..].Trim()), _hash);

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
