using System.Security.Cryptography;
using System.Text;
using Strangler.Sync.Mapping;

namespace Shop.Adapters.Customers;

/// <summary>
/// A session of the shop in which somebody is logged in, for Customers to know who asks (ADR 0012). Of the cookie only its SHA-256 goes over; a
/// visitor's session does not.
/// </summary>
internal sealed class SessionMapping : AggregateMapping<string, LegacySession>
{
    /// <summary>Declares the tables.</summary>
    public SessionMapping()
        : base("session", version: 1, table: "sessions", key: "sid") =>
        Sessions = Owned<SessionRow>("customers.session", aggregate: "digest", key: "digest");

    /// <summary>Who is logged in.</summary>
    public TargetTable<SessionRow> Sessions { get; }

    /// <inheritdoc/>
    protected override object TargetKey(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <inheritdoc/>
    protected override void Map(LegacySession root, SourceRows source, TargetRows target)
    {
        if (root.CustId is { } customer)
        {
            target.Add(Sessions, new SessionRow((byte[])TargetKey(root.Sid), customer));
        }
    }
}
