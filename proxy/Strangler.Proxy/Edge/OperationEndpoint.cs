using Strangler.Core.Model;

namespace Strangler.Proxy.Edge;

/// <summary>Marks an endpoint as one of the two of an operation.</summary>
internal sealed record OperationEndpoint(string OperationId, Side Side);
