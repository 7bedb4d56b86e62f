namespace Strangler.Proxy.Admin.Idempotency;

/// <summary>Metadata of a route that takes an Idempotency-Key.</summary>
internal sealed class MayRepeat
{
    public static readonly MayRepeat Yes = new();
}
