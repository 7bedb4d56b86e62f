using Microsoft.AspNetCore.Http;
using Strangler.Proxy.Resilience.LongLived;

namespace Strangler.Proxy.Resilience.Limits;

/// <summary>
/// What one attempt holds: a place in a limit, and the clock of its answer. Pooled; see <see cref="ConcurrencyLimits"/> for who gives it back.
/// </summary>
internal sealed class Hold(ConcurrencyLimits owner)
{
    /// <summary>Who has lent it.</summary>
    public ConcurrencyLimits Owner => owner;

    /// <summary>The limit; null when the place has been given back.</summary>
    public SideLimit? Limit { get; set; }

    /// <summary>Whose request it is.</summary>
    public LimitShare Share { get; set; } = null!;

    /// <summary>The request.</summary>
    public HttpContext Context { get; set; } = null!;

    /// <summary>When the attempt began.</summary>
    public long Started { get; set; }

    /// <summary>When the answer began; 0 as long as it has not.</summary>
    public long Answered { get; set; }

    /// <summary>The body of the request, as long as it is read by a clock.</summary>
    public TimedBody? Body { get; set; }

    /// <summary>What can be ended in an orderly way, should it live long; null for an ordinary request.</summary>
    public IEndable? Endable { get; set; }

    /// <summary>The connection, once the answer has shown that it lives long.</summary>
    public LongLivedConnection? LongLived { get; set; }

    /// <summary>Whether the server has told that the answer begins; then nobody will use this object any more but its attempt.</summary>
    public bool HasFired { get; set; }

    /// <summary>Whether the attempt is over.</summary>
    public bool IsOver { get; set; }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        (Limit, Share, Context, Body, Endable, LongLived) = (null, null!, null!, null, null, null);
        (Started, Answered, HasFired, IsOver) = (0, 0, false, false);
    }
}
