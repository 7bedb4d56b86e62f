using Microsoft.Extensions.DependencyInjection;
using Strangler.Sync.Mapping;

namespace Strangler.Sync;

/// <summary>Declares the streams of an adapters' process.</summary>
public sealed class SyncBuilder
{
    private readonly List<StreamDefinition> _definitions = [];

    internal SyncBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services of the application.</summary>
    public IServiceCollection Services { get; }

    internal IReadOnlyList<StreamDefinition> Definitions => _definitions;

    /// <summary>Adds a stream.</summary>
    /// <param name="name">Its name, such as the capability that it serves; unique.</param>
    /// <param name="source">The name of the source's connection string; <c>NAMEOwner</c> is the one of its owner.</param>
    /// <param name="target">The name of the target's connection string; <c>NAMEOwner</c> is the one of its owner.</param>
    /// <param name="mappings">What it brings over, parents before children.</param>
    /// <exception cref="ArgumentException">The name is taken, an entity is mapped twice, or the source has a stream already.</exception>
    public SyncBuilder AddStream(string name, string source, string target, params AggregateMapping[] mappings)
    {
        if (_definitions.Exists(other => other.Name == name))
        {
            throw new ArgumentException($"There is a stream {name} already.", nameof(name));
        }

        if (_definitions.Exists(other => other.Source == source))
        {
            throw new ArgumentException($"{source} has a stream already; one slot serves one stream so far.", nameof(source));
        }

        if (mappings.GroupBy(mapping => mapping.Entity, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
        {
            throw new ArgumentException($"{twice.Key} is mapped twice.", nameof(mappings));
        }

        _definitions.Add(new StreamDefinition(name, source, target, mappings));
        return this;
    }
}
