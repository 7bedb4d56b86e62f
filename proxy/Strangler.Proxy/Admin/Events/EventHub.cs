using System.Threading.Channels;
using Strangler.Core.Admin;
using Strangler.Proxy.Plans;

namespace Strangler.Proxy.Admin.Events;

/// <summary>
/// Hands the events of this edge to whoever listens: every new plan, a snapshot about once a second, and a heartbeat. Nothing is made
/// while nobody listens.
/// </summary>
internal sealed class EventHub : IDisposable
{
    /// <summary>Most listeners at the same time.</summary>
    public const int MaxListeners = 64;

    /// <summary>Most plans that a listener who comes back is told one by one.</summary>
    public const int MaxMissed = 200;

    private static readonly TimeSpan Snapshot = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private readonly ControlPlane _control;
    private readonly StatusReader _status;
    private readonly AuditReader _audit;
    private readonly Lock _lock = new();
    private readonly List<Listener> _listeners = [];
    private readonly HashSet<string> _wereDropped = new(StringComparer.Ordinal);
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stopped = new();
    private readonly ITimer _snapshots;
    private readonly ITimer _heartbeats;
    private long _told;

    public EventHub(ControlPlane control, StatusReader status, AuditReader audit, TimeProvider time)
    {
        _control = control;
        _status = status;
        _audit = audit;
        _told = control.Plans.Current.Number;
        control.PlanChanged += OnPlanChanged;
        _snapshots = time.CreateTimer(_ => TellSnapshot(), null, Snapshot, Snapshot);
        _heartbeats = time.CreateTimer(_ => Tell(EventText.Heartbeat), null, Heartbeat, Heartbeat);
        _ = TellPlansAsync(_stopped.Token);
    }

    /// <summary>Begins to listen.</summary>
    /// <param name="actor">Who listens.</param>
    /// <param name="listener">The listener; to be given back with <see cref="Leave"/>.</param>
    /// <param name="wasDropped">Whether a listener of the same actor was dropped before.</param>
    /// <returns>False when there are too many.</returns>
    public bool TryEnter(string actor, out Listener? listener, out bool wasDropped)
    {
        lock (_lock)
        {
            (listener, wasDropped) = (null, false);
            if (_listeners.Count >= MaxListeners) return false;
            listener = new Listener(actor);
            _listeners.Add(listener);
            wasDropped = _wereDropped.Remove(actor);
            return true;
        }
    }

    public void Leave(Listener listener)
    {
        lock (_lock)
        {
            if (listener.Dropped.IsCancellationRequested) _wereDropped.Add(listener.Actor);
            _listeners.Remove(listener);
        }

        listener.Dispose();
    }

    /// <summary>The state of this edge.</summary>
    /// <param name="withId">Whether a client may resume from it, because it has everything up to this plan.</param>
    public EventText Status(bool withId)
    {
        var answer = _status.All();
        return EventText.Of("status", answer, AdminJson.Default.CapabilitiesAnswer, withId ? answer.Plan : null);
    }

    /// <summary>The plans between two numbers; null when they are too many, or one of them is not known any more.</summary>
    /// <param name="after">The last one that is known.</param>
    /// <param name="upTo">The last one wanted.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<IReadOnlyList<EventText>?> MissedAsync(long after, long upTo, CancellationToken cancel)
    {
        if (after > upTo || upTo - after > MaxMissed) return null;
        var events = await PlansAsync(after, upTo, cancel);
        return events.All(e => e.IsKnown) ? [.. events.Select(e => e.Text)] : null;
    }

    /// <summary>Tells a client to read everything again.</summary>
    /// <param name="plan">The plan in force.</param>
    public static EventText Resync(long plan) =>
        EventText.Of("resync", new PlanEvent(plan, null, null, null, [], []), AdminJson.Default.PlanEvent, plan, plan);

    public void Dispose()
    {
        _control.PlanChanged -= OnPlanChanged;
        _stopped.Cancel();
        _snapshots.Dispose();
        _heartbeats.Dispose();
        _stopped.Dispose();
    }

    private void OnPlanChanged(object? sender, PlanChangedEventArgs change) => _news.Writer.TryWrite(true);

    private void TellSnapshot()
    {
        if (HasListeners) Tell(Status(withId: false));
    }

    private async Task TellPlansAsync(CancellationToken cancel)
    {
        try
        {
            await foreach (var _ in _news.Reader.ReadAllAsync(cancel))
            {
                var plan = _control.Plans.Current.Number;
                if (HasListeners)
                {
                    foreach (var (text, _) in await PlansAsync(_told, plan, cancel)) Tell(text);
                }

                _told = plan;
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The edge stops.
        }
    }

    // A plan that the log cannot tell of, as after a kill that could not be saved, is announced by its number alone.
    private async Task<IReadOnlyList<(EventText Text, bool IsKnown)>> PlansAsync(long after, long upTo, CancellationToken cancel)
    {
        var known = new Dictionary<long, AuditItem>();
        try
        {
            if (upTo > after) known = (await _audit.LastAsync(null, MaxMissed + 1, cancel)).Entries.GroupBy(e => e.Plan).ToDictionary(g => g.Key, g => g.Last());
        }
        catch (ControlStoreException)
        {
            // The store is away: the numbers are known all the same.
        }

        var events = new List<(EventText, bool)>();
        for (var plan = Math.Max(after, upTo - MaxMissed) + 1; plan <= upTo; plan++)
        {
            var entry = known.GetValueOrDefault(plan);
            var data = new PlanEvent(plan, entry?.At, entry?.Actor, entry?.Verb, entry?.Capabilities ?? [], entry?.Changes ?? []);
            events.Add((EventText.Of("plan", data, AdminJson.Default.PlanEvent, plan, plan), entry is not null));
        }

        return events;
    }

    private bool HasListeners
    {
        get
        {
            lock (_lock)
            {
                return _listeners.Count > 0;
            }
        }
    }

    private void Tell(EventText text)
    {
        Listener[] listeners;
        lock (_lock)
        {
            listeners = [.. _listeners];
        }

        foreach (var listener in listeners)
        {
            try
            {
                listener.TryAdd(text);
            }
            catch (ObjectDisposedException)
            {
                // It has left in this moment.
            }
        }
    }
}
