using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Strangler.Core.Model;
using Strangler.Core.Resilience;
using Strangler.Core.Routing;
using Strangler.Proxy.Units;
using Yarp.ReverseProxy.Transforms;

namespace Strangler.Proxy.Resilience;

/// <summary>
/// The time within which an answer must have begun, all attempts together: what the rules give the capability, or less when a trusted caller says so.
/// An answer that has begun is not cut. Taken from a pool, because a timer and a source of its own for each request would be the most that the edge
/// allocates.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private const int Pooled = 1024;
    private static readonly ConcurrentQueue<Deadline> Pool = new();

    // Longer is no promise that anybody waits for.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private readonly CancellationTokenSource _over = new();
    private CancellationTokenRegistration _registration;
    private CancellationToken _client;
    private HttpContext? _context;
    private TimeProvider _time = TimeProvider.System;
    private TrustedHeader? _header;
    private bool _isOfTheCaller;
    private long _started;

    private Deadline()
    {
    }

    /// <summary>The whole time.</summary>
    public TimeSpan Whole { get; private set; }

    /// <summary>What is left of it; zero or less when it is over.</summary>
    public TimeSpan Left => Whole - _time.GetElapsedTime(_started);

    /// <summary>True when it ended before the answer began, and not because the client went away.</summary>
    public bool IsOver => Left <= TimeSpan.Zero || _over.IsCancellationRequested && !_client.IsCancellationRequested;

    /// <summary>
    /// What an attempt says of its side: nothing when it was cut because the caller waits less than the rules allow, or a caller in a hurry would open the
    /// breaker for everybody.
    /// </summary>
    public static AttemptOutcome Excuses(Deadline? deadline, AttemptOutcome outcome) =>
        deadline is { _isOfTheCaller: true, IsOver: true } && outcome == AttemptOutcome.NoAnswer ? AttemptOutcome.Aborted : outcome;

    /// <summary>False when no request with this decision can have one.</summary>
    public static bool MayBe(RouteDecision decision) => decision.Capability.Rules.Deadline is not null || decision.Capability.Plan.Rules.DeadlineHeader is not null;

    /// <summary>The deadline of a request; null when it has none.</summary>
    public static Deadline? Start(HttpContext context, RouteDecision decision, TimeProvider time)
    {
        var rules = decision.Capability.Rules.Deadline;
        var header = decision.Capability.Plan.Rules.DeadlineHeader;
        if (rules is null && header is null) return null;
        var whole = Shorter(rules, Read(context, header));
        if (whole is null) return null;
        if (!Pool.TryDequeue(out var deadline)) deadline = new Deadline();
        (deadline._header, deadline._isOfTheCaller) = (header, whole != rules);
        deadline.Begin(context, whole.Value, time);
        return deadline;
    }

    /// <summary>A response transform: an answer that has begun is not cut.</summary>
    public static ValueTask StopAtAnswer(ResponseTransformContext context)
    {
        if (context.ProxyResponse is not null) context.HttpContext.Features.Get<Deadline>()?._over.CancelAfter(Timeout.InfiniteTimeSpan);
        return ValueTask.CompletedTask;
    }

    /// <summary>Lets one attempt run until the time is over, and tells the backend what is left.</summary>
    public void Guard()
    {
        var left = Left;
        if (_header is not null) _context!.Request.Headers[_header.Name] = Math.Max(0, (long)left.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        _over.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        _context!.RequestAborted = _over.Token;
    }

    /// <summary>After the attempt: the client's own token again.</summary>
    public void Release() => _context!.RequestAborted = _client;

    public void Dispose()
    {
        _registration.Dispose();
        _registration = default;
        (_context, _client) = (null, default);
        if (Pool.Count < Pooled && _over.TryReset()) Pool.Enqueue(this);
        else _over.Dispose();
    }

    private void Begin(HttpContext context, TimeSpan whole, TimeProvider time)
    {
        (_context, _client, _time, _started, Whole) = (context, context.RequestAborted, time, time.GetTimestamp(), whole);
        _registration = _client.UnsafeRegister(static state => ((Deadline)state!)._over.Cancel(), this);
        context.Features.Set(this);
    }

    private static TimeSpan? Shorter(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;

    // What is no number of milliseconds is nobody's deadline, and no backend's either.
    private static TimeSpan? Read(HttpContext context, TrustedHeader? header)
    {
        if (header is null || !context.Request.Headers.ContainsKey(header.Name)) return null;
        var text = TrustedHeaders.Read(context, header);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return milliseconds < Longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : Longest;
        }

        context.Request.Headers.Remove(header.Name);
        return null;
    }
}
