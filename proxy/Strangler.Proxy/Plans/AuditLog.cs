using System.Text;
using System.Text.Json;
using Strangler.Core.Audit;

namespace Strangler.Proxy.Plans;

/// <summary>The audit log as an append-only file of JSON lines.</summary>
internal sealed class AuditLog
{
    /// <summary>The verb of an entry that says that the one before never came into force.</summary>
    public const string Void = "void";

    private static readonly AuditEntry CutShort = new(default, "", "", [], "", [], 0, []);

    private const int TailLength = 64 * 1024;
    private readonly string _path;
    private string? _last;
    private bool _torn;

    public AuditLog(string path)
    {
        _path = path;
        ReadTail();
    }

    public void Append(AuditEntry entry)
    {
        var text = AuditChain.Line(entry, _last is null ? AuditChain.Beginning : AuditChain.Hash(_last));
        var isNew = !File.Exists(_path);
        using (var file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read))
        {
            var end = file.Length;
            file.Seek(end, SeekOrigin.Begin);
            try
            {
                // What a crash has cut short stays as a line of its own and spoils no other.
                file.Write(Encoding.UTF8.GetBytes((_torn ? "\n" : "") + text + "\n"));
                file.Flush(flushToDisk: true);
            }
            catch (IOException)
            {
                file.SetLength(end);
                throw;
            }
        }

        if (isNew) FolderSync.Flush(Path.GetDirectoryName(_path)!);
        (_last, _torn) = (text, false);
    }

    /// <summary>The last entry, when its plan was not kept and nothing says so yet. One that was cut short has plan 0.</summary>
    /// <param name="newest">Number of the newest plan that is kept.</param>
    public AuditEntry? Unkept(long newest)
    {
        if (_last is null) return null;
        try
        {
            var entry = JsonSerializer.Deserialize<AuditEntry>(_last, JsonSerializerOptions.Web) ?? CutShort;
            return entry.Verb != Void && (entry.Plan > newest || entry == CutShort) ? entry : null;
        }
        catch (JsonException)
        {
            return CutShort;
        }
    }

    public IAsyncEnumerable<string> ReadAsync(CancellationToken cancel) =>
        File.Exists(_path) ? File.ReadLinesAsync(_path, cancel) : AsyncEnumerable.Empty<string>();

    private void ReadTail()
    {
        if (!File.Exists(_path)) return;
        using var file = File.OpenRead(_path);
        for (var length = Math.Min(TailLength, file.Length); ; length = Math.Min(length * 2, file.Length))
        {
            var tail = new byte[length];
            file.Seek(-length, SeekOrigin.End);
            file.ReadExactly(tail);
            var text = Encoding.UTF8.GetString(tail);
            var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (lines.Length < 2 && length < file.Length) continue;
            _last = lines.LastOrDefault();
            _torn = text.Length > 0 && text[^1] != '\n';
            return;
        }
    }
}
