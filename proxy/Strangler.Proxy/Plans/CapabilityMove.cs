using Strangler.Core.Model;

namespace Strangler.Proxy.Plans;

/// <summary>A move of one capability.</summary>
/// <param name="Capability">Its name.</param>
/// <param name="Move">What is wanted.</param>
public sealed record CapabilityMove(string Capability, Move Move);
