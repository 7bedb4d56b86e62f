using Microsoft.AspNetCore.Http;
using Strangler.Core.Model;
using Strangler.Core.Routing;

namespace Strangler.Proxy.Resilience.LongLived;

/// <summary>One connection that lives long, and its end.</summary>
/// <param name="context">The request.</param>
/// <param name="endable">What ends it in an orderly way; null when it can only be broken off.</param>
/// <param name="time">The clock.</param>
internal sealed class LongLivedConnection(HttpContext context, IEndable? endable, TimeProvider time)
{
    // So long a client may take to answer a close frame, or a side to come to the end of an event.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private ITimer? _timer;
    private bool _isOver;

    /// <summary>The decision; null when no capability claims the request.</summary>
    public RouteDecision? Decision { get; init; }

    /// <summary>The side that the plan alone would have picked.</summary>
    public Side Planned { get; init; }

    /// <summary>Who asked; empty for nobody.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The groups of who asked.</summary>
    public string Groups { get; init; } = "";

    /// <summary>Whether its end has been set.</summary>
    public bool IsEnding
    {
        get
        {
            lock (_gate) return _timer is not null;
        }
    }

    /// <summary>Ends it after a time, unless an end is set already.</summary>
    public void EndAfter(TimeSpan age)
    {
        lock (_gate)
        {
            if (_isOver || _timer is not null) return;
            _timer = time.CreateTimer(_ => End(EndReason.ServiceRestart), null, age, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Lets it live on: its client is back on its side.</summary>
    public void Stay()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
        }
    }

    /// <summary>Ends it now.</summary>
    public void End(EndReason why)
    {
        lock (_gate)
        {
            if (_isOver) return;
            if (endable is null)
            {
                // Told to stop, the server waits for a download as long as it may.
                if (why != EndReason.GoingAway) context.Abort();
                return;
            }

            endable.End(why);
            _timer?.Dispose();
            _timer = time.CreateTimer(_ => Abort(), null, Grace, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>It is over: from now on nothing touches its request, which the server uses again for the next one.</summary>
    public void Over()
    {
        lock (_gate)
        {
            _isOver = true;
            _timer?.Dispose();
        }
    }

    private void Abort()
    {
        lock (_gate)
        {
            if (!_isOver) context.Abort();
        }
    }
}
