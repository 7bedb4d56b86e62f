using Shop.Adapters.Customers;
using Strangler.Sync.Mapping;

namespace Strangler.UnitTests.Sync;

public sealed class CustomerMappingPropertyTests : MappingPropertyTests
{
    protected override AggregateMapping Mapping { get; } = new CustomerMapping();
}
