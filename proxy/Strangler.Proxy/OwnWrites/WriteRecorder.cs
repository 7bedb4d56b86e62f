using Microsoft.AspNetCore.Http;
using Strangler.Core.Resilience;
using Strangler.Core.Routing;
using Strangler.Proxy.Adapters;
using Strangler.Proxy.Resilience;
using Strangler.Proxy.Units;
using Yarp.ReverseProxy.Forwarder;

namespace Strangler.Proxy.OwnWrites;

/// <summary>Gives whoever has written through the edge the cookie that says so.</summary>
internal sealed class WriteRecorder(VisitorKeySource keys, AdapterView adapters, TimeProvider time)
{
    /// <summary>
    /// How much later than its failure a write that legacy never answered may still be committed: 60 s. The edge cannot know; a request that
    /// runs for longer after its client was told that it failed is not covered.
    /// </summary>
    public static readonly TimeSpan LateCommit = TimeSpan.FromSeconds(60);

    /// <summary>Looks at the answer of a request that may write, once its headers are complete.</summary>
    /// <param name="context">The request.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="operation">The operation it calls; null when no capability claims it.</param>
    public void Expect(HttpContext context, Plan plan, OperationPlan? operation)
    {
        if (plan.Rules.Adapters is null) return;
        var changed = Changed(plan, operation);
        if (changed.Count == 0) return;
        context.Response.OnStarting(() =>
        {
            Write(context, changed);
            return Task.CompletedTask;
        });
    }

    // What is not claimed may change anything. At stage legacy nobody reads elsewhere, and it takes two promotions until somebody does.
    private static List<string> Changed(Plan plan, OperationPlan? operation)
    {
        if (operation is null) return plan.Capabilities.Any(c => c.FollowsLegacy) ? [WriteMark.All] : [];
        return [.. operation.Changes.Where(name => plan.FindCapability(name)?.FollowsLegacy == true)];
    }

    // The answer begins now, so legacy has answered, and committed before that.
    private void Write(HttpContext context, List<string> changed)
    {
        if (!CookieCarrier.IsOfWrite(context.Request, context.Response)) return;
        var now = time.GetUtcNow();
        if (context.Features.Get<IForwarderErrorFeature>() is { } failure)
        {
            if (failure.Error == ForwarderError.NoAvailableDestinations) return;
            now += LateCommit;
        }
        else if (context.Features.Get<FallbackFeature>() is { After: AttemptOutcome.NoAnswer })
        {
            // Legacy has answered, and the new side, which writes into the same store, may still be at it.
            now += LateCommit;
        }

        var marks = StillPending(context.Request);
        foreach (var capability in changed) Raise(marks, capability, adapters.LatestByAdapters(now));
        context.Response.Cookies.Append(WriteCookie.Name(context.Request), WriteCookie.Write(keys.Ring, marks), new CookieOptions
        {
            HttpOnly = true,
            Secure = context.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = WriteCookie.MaxAge,
            IsEssential = true,
        });
    }

    // The marks that the client has already, without those that the watermark has passed.
    private List<WriteMark> StillPending(HttpRequest request)
    {
        var marks = new List<WriteMark>();
        var reading = adapters.Current;
        var old = new WriteMarks(WriteCookie.Verify(keys.Ring, CookieValues.First(request.Headers.Cookie, WriteCookie.Name(request))));
        while (old.MoveNext())
        {
            var isOver = old.Capability.SequenceEqual(WriteMark.All) ? reading?.HasPassedEverywhere(old.Time) : reading?.HasPassed(old.Capability, old.Time);
            if (isOver != true) Raise(marks, old.Capability.ToString(), old.Time);
        }

        return marks;
    }

    private static void Raise(List<WriteMark> marks, string capability, long time)
    {
        var index = marks.FindIndex(mark => mark.Capability == capability);
        if (index < 0) marks.Add(new WriteMark(capability, time));
        else if (marks[index].Time < time) marks[index] = new WriteMark(capability, time);
    }
}
