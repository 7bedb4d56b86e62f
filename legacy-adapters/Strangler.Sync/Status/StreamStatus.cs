using Strangler.Core.Adapters;
using Strangler.Sync.Applying;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Status;

/// <summary>What is known of a stream, for those who ask from other threads.</summary>
internal sealed class StreamStatus(string name)
{
    private readonly Lock _gate = new();
    private readonly FillClock _fillClock = new();
    private string _state = StreamStates.Stopped;
    private string? _error = "not started yet";
    private bool _filling = true;
    private string? _fillWaits;
    private bool _live;
    private long _filled;
    private long _toFill;
    private long _applied;
    private Backlog _backlog = new(0, 0, 0);
    private Lsn _low;
    private Lsn _sourcePosition;

    /// <summary>The stream's name.</summary>
    public string Name { get; } = name;

    /// <summary>How far the target is complete.</summary>
    public Watermark Watermark { get; } = new();

    /// <summary>Tells which kinds of aggregates stand still.</summary>
    public Func<IReadOnlyList<PausedEntity>> Pauses { get; set; } = () => [];

    /// <summary>What it is doing: one of <see cref="StreamStates"/>.</summary>
    public string State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <summary>Its target is there.</summary>
    public void Live(Lsn low)
    {
        lock (_gate)
        {
            _live = true;
            _error = null;
            _low = low;
            Refresh();
        }
    }

    /// <summary>How far the backfill is.</summary>
    public void Filling(bool isActive, long filled, long toFill, DateTimeOffset now)
    {
        lock (_gate)
        {
            _filling = isActive;
            _filled = filled;
            _toFill = Math.Max(filled, toFill);
            _fillClock.Note(isActive, _filled, _toFill, now);
            Refresh();
        }
    }

    /// <summary>What the backfill waits for; null when it does not.</summary>
    public void FillWaits(string? reason)
    {
        lock (_gate)
        {
            _fillWaits = reason;
        }
    }

    /// <summary>What waits to be brought over.</summary>
    public void Waiting(Backlog backlog)
    {
        lock (_gate)
        {
            _backlog = backlog;
            Refresh();
        }
    }

    /// <summary>Everything up to a position has been applied, or waits.</summary>
    public void Progressed(Lsn low)
    {
        lock (_gate)
        {
            _low = Lsn.Max(_low, low);
            if (IsComplete)
            {
                Watermark.Applied(low);
            }
        }
    }

    /// <summary>Notes where the source writes.</summary>
    public void Noted(DateTimeOffset time, Lsn position)
    {
        Watermark.Note(time, position);
        lock (_gate)
        {
            _sourcePosition = Lsn.Max(_sourcePosition, position);
        }
    }

    /// <summary>It cannot go on at present.</summary>
    public void Stopped(string reason) => End(StreamStates.Stopped, reason);

    /// <summary>Another process leads.</summary>
    public void WaitingForLead() => End(StreamStates.Waiting, error: null);

    /// <summary>Somebody has stopped it on purpose.</summary>
    public void Paused(string reason) => End(StreamStates.Paused, reason);

    /// <summary>What changes is noted, not applied.</summary>
    /// <param name="error">Why it is not live; null to leave what was said before.</param>
    public void Journaling(string? error) => End(StreamStates.Journaling, error ?? _error);

    /// <summary>Aggregates were written or deleted.</summary>
    public void Applied(int aggregates)
    {
        lock (_gate)
        {
            _applied += aggregates;
        }
    }

    /// <summary>The status as it is told to others.</summary>
    public StreamReport Report(DateTimeOffset now)
    {
        var paused = Pauses();
        lock (_gate)
        {
            var watermark = Watermark.Current;
            long? lagBytes = _sourcePosition == default ? null : (long)(_sourcePosition.Value - Math.Min(_low.Value, _sourcePosition.Value));
            return new StreamReport(
                Name,
                _state,
                watermark?.ToUniversalTime(),
                watermark is { } at ? Math.Max(0, Math.Round((now - at).TotalSeconds, 3)) : null,
                lagBytes,
                _filled,
                _toFill,
                _fillClock.SecondsLeft,
                _applied,
                _backlog.Waiting,
                _backlog.DeadLetters,
                paused,
                _error,
                _filling && _live ? _fillWaits : null);
        }
    }

    // What was noted instead of applied, and what stands still, is not in the target.
    private bool IsComplete => _live && !_filling && _backlog.Blocking == 0 && Pauses().Count == 0;

    private void Refresh()
    {
        if (_live)
        {
            _state = _filling ? StreamStates.Filling : StreamStates.Following;
        }

        if (!IsComplete)
        {
            Watermark.Restart(complete: false);
        }
    }

    private void End(string state, string? error)
    {
        lock (_gate)
        {
            _live = false;
            _state = state;
            _error = error;
        }
    }
}
