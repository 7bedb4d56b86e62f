namespace Strangler.Proxy.Resilience;

/// <summary>Marks a request that the new side could not answer and that legacy was asked for.</summary>
internal sealed class FallbackFeature
{
    public static readonly FallbackFeature Instance = new();

    private FallbackFeature()
    {
    }
}
