using Strangler.Core.Resilience;

namespace Strangler.Proxy.Resilience;

/// <summary>Marks a request that the new side could not answer and that legacy was asked for.</summary>
internal sealed class FallbackFeature
{
    private static readonly FallbackFeature[] All = [.. Enum.GetValues<AttemptOutcome>().Select(outcome => new FallbackFeature(outcome))];

    private FallbackFeature(AttemptOutcome after) => After = after;

    /// <summary>How the attempt at the new side ended.</summary>
    public AttemptOutcome After { get; }

    /// <summary>The mark of a request whose attempt ended so.</summary>
    public static FallbackFeature Of(AttemptOutcome outcome) => All[(int)outcome];
}
