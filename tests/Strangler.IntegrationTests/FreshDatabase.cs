using Strangler.Demo.Clusters;

namespace Strangler.IntegrationTests;

/// <summary>A database of one test. It is not dropped: its cluster goes away with the test run.</summary>
/// <param name="Cluster">Where it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Owner">The role that owns it.</param>
public sealed record FreshDatabase(PrivateCluster Cluster, string Name, string Owner)
{
    /// <summary>For the owner.</summary>
    public string ConnectionString => Cluster.ConnectionString(Name, Owner);

    /// <summary>For the superuser.</summary>
    public string SuperuserConnectionString => Cluster.ConnectionString(Name);

    /// <summary>For another role made on this cluster, such as <c>strangler_reader</c>.</summary>
    public string ConnectionStringFor(string role) => Cluster.ConnectionString(Name, role);
}
