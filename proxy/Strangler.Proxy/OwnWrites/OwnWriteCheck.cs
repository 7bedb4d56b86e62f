using Microsoft.AspNetCore.Http;
using Strangler.Core.Routing;
using Strangler.Proxy.Adapters;
using Strangler.Proxy.Units;

namespace Strangler.Proxy.OwnWrites;

/// <summary>
/// Says whether a client could miss its own write on the new side: it has written, and the watermark of what it reads has not passed that, or
/// is not known. Asked only when the plan says new. Allocates nothing.
/// </summary>
internal sealed class OwnWriteCheck(VisitorKeySource keys, AdapterView adapters)
{
    // Somebody may have planted cookies of our name beside ours; more than a few are not worth a look.
    private const int MaxCookies = 4;

    /// <summary>True when the read must stay on legacy.</summary>
    public bool IsPending(HttpContext context, CapabilityPlan capability)
    {
        if (capability.Plan.Rules.Adapters is null) return false;
        var cookies = context.Request.Headers.Cookie;
        if (cookies.Count == 0) return false;
        var values = new CookieValues(cookies, WriteCookie.Name(context.Request));
        for (var i = 0; i < MaxCookies && values.MoveNext(); i++)
        {
            if (IsPending(WriteCookie.Verify(keys.Ring, values.Current), capability.Rules.Name)) return true;
        }

        return false;
    }

    private bool IsPending(ReadOnlySpan<char> text, string capability)
    {
        var reading = adapters.Current;
        var marks = new WriteMarks(text);
        while (marks.MoveNext())
        {
            var isAll = marks.Capability.SequenceEqual(WriteMark.All);
            if (!isAll && !marks.Capability.SequenceEqual(capability)) continue;
            if (reading is null) return true;

            // What may have changed anything says nothing of a capability whose data the adapters do not bring.
            if (isAll && !reading.Feeds(capability)) continue;
            if (!reading.HasPassed(capability, marks.Time)) return true;
        }

        return false;
    }
}
