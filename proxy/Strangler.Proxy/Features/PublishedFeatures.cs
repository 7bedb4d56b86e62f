using Strangler.Core.Routing;

namespace Strangler.Proxy.Features;

/// <summary>The definitions of the plan in force, made once per plan.</summary>
internal sealed class PublishedFeatures
{
    private Made? _newest;

    /// <summary>The definitions of a plan, as UTF-8 JSON. Do not change them.</summary>
    public byte[] Of(Plan plan)
    {
        if (Volatile.Read(ref _newest) is { } made && ReferenceEquals(made.Plan, plan)) return made.Json;
        var json = FeatureDocument.Write(plan.Capabilities);
        Volatile.Write(ref _newest, new Made(plan, json));
        return json;
    }

    private sealed record Made(Plan Plan, byte[] Json);
}
