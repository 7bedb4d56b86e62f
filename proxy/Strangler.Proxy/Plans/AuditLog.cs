using System.Text;
using Strangler.Core.Audit;

namespace Strangler.Proxy.Plans;

/// <summary>The audit log as an append-only file of JSON lines.</summary>
internal sealed class AuditLog
{
    private const int TailLength = 64 * 1024;
    private readonly string _path;
    private string _lastHash;

    public AuditLog(string path)
    {
        _path = path;
        _lastHash = HashOfLastLine(path);
    }

    public void Append(AuditEntry entry)
    {
        var text = AuditChain.Line(entry, _lastHash);
        using (var file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read))
        {
            EndTornLine(file);
            file.Write(Encoding.UTF8.GetBytes(text + "\n"));
            file.Flush(flushToDisk: true);
        }

        _lastHash = AuditChain.Hash(text);
    }

    public IAsyncEnumerable<string> ReadAsync(CancellationToken cancel) =>
        File.Exists(_path) ? File.ReadLinesAsync(_path, cancel) : AsyncEnumerable.Empty<string>();

    // A write that a crash or a full disk has cut short stays as a line of its own and spoils no other.
    private static void EndTornLine(FileStream file)
    {
        if (file.Length == 0) return;
        file.Seek(-1, SeekOrigin.End);
        if (file.ReadByte() != '\n') file.WriteByte((byte)'\n');
    }

    private static string HashOfLastLine(string path)
    {
        if (!File.Exists(path)) return AuditChain.Beginning;
        using var file = File.OpenRead(path);
        file.Seek(-Math.Min(TailLength, file.Length), SeekOrigin.End);
        using var reader = new StreamReader(file, Encoding.UTF8);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == 0 ? AuditChain.Beginning : AuditChain.Hash(lines[^1]);
    }
}
