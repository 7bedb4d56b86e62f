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

    /// <summary>Adds a stream. Streams of one source share its slot.</summary>
    /// <param name="name">The capability that it serves; unique.</param>
    /// <param name="source">The name of the source's connection string; <c>NAMEOwner</c> is the one of its owner.</param>
    /// <param name="target">The name of the target's connection string; <c>NAMEOwner</c> is the one of its owner.</param>
    /// <param name="mappings">What it brings over, parents before children.</param>
    /// <exception cref="ArgumentException">The name is taken, a source has an entity twice, or a mapping takes rows of the log that it cannot take.</exception>
    public SyncBuilder AddStream(string name, string source, string target, params AggregateMapping[] mappings) =>
        Add(new StreamDefinition(name, source, target, mappings));

    /// <summary>
    /// Adds a stream whose target always is in a state that the source had, over all its aggregates; for data in which one aggregate means nothing
    /// without another. It has one lane, and an aggregate that cannot be brought over stops it.
    /// </summary>
    /// <param name="name">The capability that it serves; unique.</param>
    /// <param name="source">The name of the source's connection string; <c>NAMEOwner</c> is the one of its owner.</param>
    /// <param name="target">The name of the target's connection string; <c>NAMEOwner</c> is the one of its owner.</param>
    /// <param name="mappings">What it brings over, parents before children.</param>
    /// <exception cref="ArgumentException">The name is taken, a source has an entity twice, or a mapping takes rows of the log that it cannot take.</exception>
    public SyncBuilder AddOrderedStream(string name, string source, string target, params AggregateMapping[] mappings) =>
        Add(new StreamDefinition(name, source, target, mappings, IsOrdered: true));

    private SyncBuilder Add(StreamDefinition definition)
    {
        if (_definitions.Exists(other => other.Name == definition.Name))
        {
            throw new ArgumentException($"There is a stream {definition.Name} already.", nameof(definition));
        }

        var entities = _definitions.Where(other => other.Source == definition.Source).Append(definition)
            .SelectMany(stream => stream.Mappings, (_, mapping) => mapping.Entity);
        if (entities.GroupBy(entity => entity, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
        {
            throw new ArgumentException($"{twice.Key} is mapped twice.", nameof(definition));
        }

        if (definition.Mappings.Select(mapping => mapping.WhyNoImages).FirstOrDefault(reason => reason is not null) is { } reason)
        {
            throw new ArgumentException($"{reason}.", nameof(definition));
        }

        _definitions.Add(definition);
        return this;
    }
}
