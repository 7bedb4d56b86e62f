using System.Text.Json;
using Strangler.Core.Adapters;

namespace Strangler.Sync.Streams;

/// <summary>Whether a source is paused, in a file: it stays so over a restart of the process.</summary>
internal sealed class PauseSwitch : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _path;
    private CancellationTokenSource _pausing = new();
    private TaskCompletionSource _resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>As the file says.</summary>
    /// <param name="path">The file; it is there while the source is paused.</param>
    public PauseSwitch(string path)
    {
        _path = path;
        Current = Load();
        if (Current is not null)
        {
            _pausing.Cancel();
        }
    }

    /// <summary>Who has paused it; null when nobody has.</summary>
    public PausedSource? Current { get; private set; }

    /// <summary>Cancelled when the source is paused.</summary>
    public CancellationToken Pausing
    {
        get
        {
            lock (_gate)
            {
                return _pausing.Token;
            }
        }
    }

    /// <summary>Pauses, for good.</summary>
    /// <returns>False when it was paused already; then nothing has changed.</returns>
    public async Task<bool> PauseAsync(PausedSource note)
    {
        CancellationTokenSource pausing;
        lock (_gate)
        {
            if (Current is not null)
            {
                return false;
            }

            Write(note);
            Current = note;
            pausing = _pausing;
        }

        await pausing.CancelSafelyAsync();
        return true;
    }

    /// <summary>Ends the pause.</summary>
    /// <returns>False when there was none.</returns>
    public bool Resume()
    {
        lock (_gate)
        {
            if (Current is null)
            {
                return false;
            }

            File.Delete(_path);
            Current = null;
            _pausing.Dispose();
            _pausing = new CancellationTokenSource();
            _resumed.SetResult();
            _resumed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return true;
        }
    }

    /// <summary>Returns when it is not paused.</summary>
    public Task ResumedAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Current is null ? Task.CompletedTask : _resumed.Task.WaitAsync(cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _pausing.Dispose();

    private PausedSource? Load()
    {
        try
        {
            return File.Exists(_path) ? JsonSerializer.Deserialize(File.ReadAllText(_path), AdaptersJson.Default.PausedSource) ?? throw new JsonException("null") : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // Somebody wanted it paused; that is the safe side.
            return new PausedSource("unknown", $"{_path} cannot be read: {e.Message}", DateTimeOffset.UnixEpoch);
        }
    }

    private void Write(PausedSource note)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var fresh = _path + ".new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, note, AdaptersJson.Default.PausedSource);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, _path, overwrite: true);
    }
}
