using Strangler.Demo.Clusters;

namespace Strangler.Demo.Shop;

/// <summary>The ports on 127.0.0.1 of one running shop.</summary>
internal sealed record ShopPorts
{
    /// <summary>The ports of design and README.</summary>
    public static ShopPorts Default { get; } = new();

    /// <summary>Where shoppers go.</summary>
    public int Edge { get; init; } = 8080;

    /// <summary>The edge's admin API.</summary>
    public int Management { get; init; } = 8081;

    /// <summary>The monolith.</summary>
    public int Monolith { get; init; } = 5100;

    /// <summary>The first new service.</summary>
    public int Catalog { get; init; } = 5201;

    /// <summary>The adapters' status API.</summary>
    public int Adapters { get; init; } = 5300;

    /// <summary>The monolith's database cluster.</summary>
    public int LegacyDatabase { get; init; } = 5439;

    /// <summary>The new services' database cluster.</summary>
    public int ServicesDatabase { get; init; } = 5440;

    /// <summary>Each port with the name of what listens there.</summary>
    public IEnumerable<(string Name, int Port)> All =>
    [
        ("the edge", Edge), ("the edge's management", Management), ("the monolith", Monolith), ("catalog", Catalog),
        ("the adapters", Adapters), ("the legacy database", LegacyDatabase), ("the services database", ServicesDatabase),
    ];

    /// <summary>Ports that nobody uses.</summary>
    public static ShopPorts Free()
    {
        var free = new HashSet<int>();
        while (free.Count < 7)
        {
            free.Add(FreePort.Next());
        }

        var ports = free.ToArray();
        return new ShopPorts
        {
            Edge = ports[0],
            Management = ports[1],
            Monolith = ports[2],
            Catalog = ports[3],
            Adapters = ports[4],
            LegacyDatabase = ports[5],
            ServicesDatabase = ports[6],
        };
    }
}
