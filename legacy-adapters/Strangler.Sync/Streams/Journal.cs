using System.Text.Json;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Streams;

/// <summary>
/// The keys of aggregates that changed while a target was away, in a file: so the source need not keep its log for that target. Each key
/// stands there once, so its size is bounded by the number of aggregates; beyond a limit it says "everything" instead.
/// </summary>
internal sealed class Journal : IDisposable
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly string _path;
    private readonly int _limit;
    private readonly HashSet<DirtyKey> _keys = [];
    private readonly HashSet<string> _stale = new(StringComparer.Ordinal);
    private FileStream? _file;

    private Journal(string path, int limit)
    {
        _path = path;
        _limit = limit;
    }

    /// <summary>The source to which the positions belong; null when there is no journal.</summary>
    public SourceIdentity? Source { get; private set; }

    /// <summary>It has all changes after this position.</summary>
    public Lsn From { get; private set; }

    /// <summary>It has all changes up to this position, on disk.</summary>
    public Lsn To { get; private set; }

    /// <summary>Whether there were too many keys: all aggregates may have changed.</summary>
    public bool IsOverfull { get; private set; }

    /// <summary>The keys.</summary>
    public IReadOnlyCollection<DirtyKey> Keys => _keys;

    /// <summary>Kinds of aggregates of which all may have changed.</summary>
    public IReadOnlyCollection<string> Stale => _stale;

    /// <summary>Opens the journal of a stream, with what an earlier process has left.</summary>
    /// <param name="folder">The folder; it is made when the first key is noted.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="limit">The most keys.</param>
    public static Journal Open(string folder, string stream, int limit)
    {
        var journal = new Journal(Path.Combine(folder, stream + ".journal"), limit);
        journal.Load();
        return journal;
    }

    /// <summary>Notes keys and says that everything up to a position is here; on disk when it returns.</summary>
    public void Append(SourceIdentity source, Lsn from, IEnumerable<DirtyKey> keys, IEnumerable<string> stale, Lsn to)
    {
        var file = Start(source, from);
        using (var text = new StreamWriter(file, leaveOpen: true))
        {
            foreach (var key in keys)
            {
                if (IsOverfull || !_keys.Add(key))
                {
                    continue;
                }

                IsOverfull = _keys.Count > _limit;
                text.WriteLine(JsonSerializer.Serialize(IsOverfull ? new Line { Overfull = true } : new Line { Entity = key.Entity, Key = key.Key }, Options));
            }

            foreach (var entity in stale.Where(_stale.Add))
            {
                text.WriteLine(JsonSerializer.Serialize(new Line { Stale = entity }, Options));
            }

            text.WriteLine(JsonSerializer.Serialize(new Line { To = to.ToString() }, Options));
        }

        file.Flush(flushToDisk: true);
        To = to;
    }

    /// <summary>Its keys have been taken over for good.</summary>
    public void Clear()
    {
        _file?.Dispose();
        _file = null;
        if (File.Exists(_path))
        {
            File.Delete(_path);
        }

        Forget();
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private FileStream Start(SourceIdentity source, Lsn from)
    {
        if (Source is not null && Source != source)
        {
            Clear();
        }

        if (_file is not null)
        {
            return _file;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _file = new FileStream(_path, options);
        _file.Seek(0, SeekOrigin.End);
        if (Source is null)
        {
            Source = source;
            From = from;
            To = from;
            _file.SetLength(0);
            var head = new Line { System = source.SystemId, Timeline = source.Timeline, From = from.ToString() };
            _file.Write(JsonSerializer.SerializeToUtf8Bytes(head, Options));
            _file.WriteByte((byte)'\n');
        }

        return _file;
    }

    private void Load()
    {
        if (!File.Exists(_path))
        {
            return;
        }

        var keys = new List<DirtyKey>();
        var complete = 0L;
        var at = 0L;
        using (var file = File.OpenRead(_path))
        using (var text = new StreamReader(file))
        {
            // What follows the last position was not finished: the source will send it again.
            while (text.ReadLine() is { } line && Parse(line) is { } entry)
            {
                at += System.Text.Encoding.UTF8.GetByteCount(line) + 1;
                Take(entry, keys, at, ref complete);
            }
        }

        if (Source is null)
        {
            File.Delete(_path);
            return;
        }

        using var cut = new FileStream(_path, FileMode.Open, FileAccess.Write);
        cut.SetLength(complete);
    }

    private void Take(Line entry, List<DirtyKey> keys, long at, ref long complete)
    {
        switch (entry)
        {
            case { System: { } system, Timeline: { } timeline, From: { } from }:
                Source = new SourceIdentity(system, timeline);
                From = To = Lsn.Parse(from);
                complete = at;
                break;
            case { Entity: { } entity, Key: { } key }:
                keys.Add(new DirtyKey(entity, key));
                break;
            case { Stale: { } stale }:
                _stale.Add(stale);
                break;
            case { Overfull: true }:
                IsOverfull = true;
                break;
            case { To: { } to }:
                To = Lsn.Parse(to);
                complete = at;
                _keys.UnionWith(keys);
                keys.Clear();
                break;
        }
    }

    private void Forget()
    {
        Source = null;
        From = To = default;
        IsOverfull = false;
        _keys.Clear();
        _stale.Clear();
    }

    private static Line? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Line>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Line
    {
        public string? System { get; init; }

        public long? Timeline { get; init; }

        public string? From { get; init; }

        public string? To { get; init; }

        public string? Entity { get; init; }

        public string? Key { get; init; }

        public string? Stale { get; init; }

        public bool? Overfull { get; init; }
    }
}
