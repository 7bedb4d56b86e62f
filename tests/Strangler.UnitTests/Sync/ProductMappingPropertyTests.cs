using Shop.Adapters.Catalog;
using Strangler.Sync.Mapping;

namespace Strangler.UnitTests.Sync;

public sealed class ProductMappingPropertyTests : MappingPropertyTests
{
    protected override AggregateMapping Mapping { get; } = new ProductMapping();
}
