using Shop.Adapters.Inventory;
using Strangler.Sync.Mapping;

namespace Strangler.UnitTests.Sync;

public sealed class ItemMappingPropertyTests : MappingPropertyTests
{
    protected override AggregateMapping Mapping { get; } = new ItemMapping();
}
