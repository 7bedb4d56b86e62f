using Shouldly;
using Strangler.Sync.Mapping;
using Xunit;

namespace Strangler.UnitTests.Sync;

/// <summary>What every mapping of the shop must keep to: derive, and name the mapping.</summary>
public abstract class MappingPropertyTests
{
    /// <summary>The mapping.</summary>
    protected abstract AggregateMapping Mapping { get; }

    /// <summary>Texts that the source really holds: the flags of the shop.</summary>
    protected virtual IReadOnlyList<string> Words => ["Y", "N"];

    [Theory]
    [InlineData(1)]
    [InlineData(20_090)]
    public void Map_RandomAggregates_NothingThatAMappingMustNotDo(int seed)
    {
        var report = MappingCheck.Run(Mapping, seed, Words);

        report.Violations.ShouldBeEmpty();
        report.Mapped.ShouldBeGreaterThan(report.Aggregates / 10);
    }
}
