using Shop.Adapters.Customers;
using Strangler.Sync.Mapping;

namespace Strangler.UnitTests.Sync;

public sealed class SessionMappingPropertyTests : MappingPropertyTests
{
    protected override AggregateMapping Mapping { get; } = new SessionMapping();
}
