using Microsoft.AspNetCore.Http;
using Strangler.Core.Resilience;
using Strangler.Core.Routing;
using Strangler.Proxy.Resilience.LongLived;

namespace Strangler.Proxy.Resilience.Limits;

/// <summary>
/// What one attempt holds: a place in a limit, the clock of its answer, and all that must be known when it is over, so that waiting for it costs
/// a request no memory of its own. Pooled; see <see cref="ConcurrencyLimits"/> for who gives it back.
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

    /// <summary>Its decision; null when no capability claims it.</summary>
    public RouteDecision? Decision { get; set; }

    /// <summary>What the breaker of the side waits to be told.</summary>
    public BreakerTicket Ticket { get; set; }

    /// <summary>The budget in which the request is counted; null when this is its second attempt, or no capability claims it.</summary>
    public FallbackBudget? Budget { get; set; }

    /// <summary>The time that the request has; null for as long as it takes.</summary>
    public Deadline? Deadline { get; set; }

    /// <summary>How the attempt has ended; <see cref="AttemptOutcome.Aborted"/> until it is known.</summary>
    public AttemptOutcome Outcome { get; set; } = AttemptOutcome.Aborted;

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

    /// <summary>Whether the attempt is over; what is answered from now on is not its answer.</summary>
    public bool HasLeft { get; set; }

    /// <summary>Whether nobody will ask for it any more.</summary>
    public bool IsDone { get; set; }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        (Limit, Share, Context, Body, Endable, LongLived) = (null, null!, null!, null, null, null);
        (Decision, Ticket, Budget, Deadline, Outcome) = (null, default, null, null, AttemptOutcome.Aborted);
        (Started, Answered, HasFired, HasLeft, IsDone) = (0, 0, false, false, false);
    }
}
