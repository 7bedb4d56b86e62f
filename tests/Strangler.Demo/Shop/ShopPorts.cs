using Strangler.Demo.Clusters;

namespace Strangler.Demo.Shop;

/// <summary>The ports on 127.0.0.1 of one running shop.</summary>
internal sealed record ShopPorts
{
    /// <summary>How many edges a shop has at most.</summary>
    public const int MostEdges = 3;

    private static readonly EdgePorts[] DefaultEdges = [new(8080, 8081), new(8180, 8181), new(8280, 8281)];

    /// <summary>The edges, the first one first.</summary>
    public required IReadOnlyList<EdgePorts> Edges { get; init; }

    /// <summary>The monolith.</summary>
    public int Monolith { get; init; } = 5100;

    /// <summary>The first new service.</summary>
    public int Catalog { get; init; } = 5201;

    /// <summary>The second.</summary>
    public int Inventory { get; init; } = 5202;

    /// <summary>The third.</summary>
    public int Customers { get; init; } = 5203;

    /// <summary>The adapters' status API.</summary>
    public int Adapters { get; init; } = 5300;

    /// <summary>The monolith's database cluster.</summary>
    public int LegacyDatabase { get; init; } = 5439;

    /// <summary>The new services' database cluster, where the control store is, too.</summary>
    public int ServicesDatabase { get; init; } = 5440;

    /// <summary>Each port with the name of what listens there.</summary>
    public IEnumerable<(string Name, int Port)> All =>
    [
        ("the monolith", Monolith), ("catalog", Catalog), ("inventory", Inventory), ("customers", Customers), ("the adapters", Adapters),
        ("the legacy database", LegacyDatabase), ("the services database", ServicesDatabase),
        .. Edges.SelectMany((edge, i) => ((string, int)[])[(NameOf(i), edge.Shop), ($"the management of {NameOf(i)}", edge.Management)]),
    ];

    /// <summary>The ports of design and README.</summary>
    public static ShopPorts Default(int edges) => new() { Edges = DefaultEdges[..edges] };

    /// <summary>Ports that nobody uses.</summary>
    public static ShopPorts Free(int edges)
    {
        var free = new HashSet<int>();
        while (free.Count < 7 + (2 * edges))
        {
            free.Add(FreePort.Next());
        }

        var ports = free.ToArray();
        return new ShopPorts
        {
            Monolith = ports[0],
            Catalog = ports[1],
            Inventory = ports[2],
            Customers = ports[3],
            Adapters = ports[4],
            LegacyDatabase = ports[5],
            ServicesDatabase = ports[6],
            Edges = [.. ports[7..].Chunk(2).Select(pair => new EdgePorts(pair[0], pair[1]))],
        };
    }

    private string NameOf(int edge) => Edges.Count == 1 ? "the edge" : $"edge {edge + 1}";
}
