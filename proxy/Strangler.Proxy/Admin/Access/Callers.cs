using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Strangler.Core.Model;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Admin.Access;

/// <summary>Finds out who sends a token: one of the plan's, or the bootstrap token that the edge was started with.</summary>
internal sealed class Callers
{
    /// <summary>The actor of the bootstrap token.</summary>
    public const string Bootstrap = "bootstrap";

    private const string Scheme = "Bearer ";
    private readonly Func<IReadOnlyList<TokenRecord>> _tokens;
    private readonly TimeProvider _time;
    private readonly byte[]? _bootstrap;

    /// <summary>Takes the bootstrap token out of the options, so that only its hash is left.</summary>
    /// <param name="options">What the host tells the edge.</param>
    /// <param name="tokens">The tokens of the plan in force.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Says that there is no bootstrap token.</param>
    public Callers(StranglerOptions options, Func<IReadOnlyList<TokenRecord>> tokens, TimeProvider time, ILogger<Callers> log)
    {
        _tokens = tokens;
        _time = time;
        if (string.IsNullOrWhiteSpace(options.AdminToken)) log.NoAdminToken();
        else _bootstrap = TokenSecret.Hash(options.AdminToken.Trim());
        options.AdminToken = null;
    }

    /// <summary>The caller; null for a token that is missing, unknown or expired.</summary>
    public Caller? Find(StringValues authorization)
    {
        if (authorization is not [{ } value] || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var hash = TokenSecret.Hash(value[Scheme.Length..].Trim());
        Caller? found = null;
        if (_bootstrap is not null && CryptographicOperations.FixedTimeEquals(hash, _bootstrap)) found = new Caller(Bootstrap, Role.Admin);

        // All of them, whichever fits: how long it takes says nothing about what is kept.
        var now = _time.GetUtcNow();
        foreach (var token in _tokens())
        {
            var fits = CryptographicOperations.FixedTimeEquals(hash, Convert.FromHexString(token.Hash));
            if (fits && (token.ExpiresAt is not { } end || end > now)) found ??= new Caller(token.Name, token.Role);
        }

        return found;
    }
}
