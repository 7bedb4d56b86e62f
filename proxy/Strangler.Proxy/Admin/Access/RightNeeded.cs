using Strangler.Core.Admin;

namespace Strangler.Proxy.Admin.Access;

/// <summary>Metadata of a route: what the caller must be allowed at least.</summary>
/// <param name="Right">The right; a change that needs more than its route asks for it itself.</param>
internal sealed record RightNeeded(Right Right);
