using System.Text;

namespace Strangler.Demo.Tour;

/// <summary>Follows one backend's access log; the backend appends, we only read.</summary>
internal sealed class AccessLog(string path, Func<string, AccessEntry?> parse)
{
    private readonly List<AccessEntry> _entries = [];
    private long _offset;

    /// <summary>All requests logged until now that began at or after a time.</summary>
    public IReadOnlyList<AccessEntry> Since(DateTimeOffset from)
    {
        ReadOn();
        return _entries.FindAll(entry => entry.Start >= from);
    }

    private void ReadOn()
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Position = _offset;
        var bytes = new byte[file.Length - _offset];
        file.ReadExactly(bytes);
        // A line that is still being written waits for its end.
        var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        _offset += whole;
        foreach (var line in Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (parse(line) is { } entry)
            {
                _entries.Add(entry);
            }
        }
    }
}
