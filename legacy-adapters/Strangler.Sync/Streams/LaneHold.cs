namespace Strangler.Sync.Streams;

/// <summary>Several lanes, held until this is disposed of.</summary>
internal sealed class LaneHold : IDisposable
{
    private readonly List<IDisposable> _holds = [];

    /// <summary>Adds one.</summary>
    public void Add(IDisposable hold) => _holds.Add(hold);

    /// <inheritdoc/>
    public void Dispose()
    {
        _holds.ForEach(hold => hold.Dispose());
        _holds.Clear();
    }
}
