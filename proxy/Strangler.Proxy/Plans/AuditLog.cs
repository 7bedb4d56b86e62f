using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Strangler.Proxy.Plans;

/// <summary>
/// An append-only file of JSON lines. Each line carries the SHA-256 of the line before it, so that a line that is changed or taken out
/// later shows.
/// </summary>
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
        var line = JsonSerializer.SerializeToNode(entry, JsonSerializerOptions.Web)!.AsObject();
        line.Add("previous", JsonValue.Create(_lastHash));
        var text = line.ToJsonString();
        using (var file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read))
        {
            EndTornLine(file);
            file.Write(Encoding.UTF8.GetBytes(text + "\n"));
            file.Flush(flushToDisk: true);
        }

        _lastHash = Hash(text);
    }

    // A write that a crash or a full disk has cut short stays as a line of its own and spoils no other.
    private static void EndTornLine(FileStream file)
    {
        if (file.Length == 0) return;
        file.Seek(-1, SeekOrigin.End);
        if (file.ReadByte() != '\n') file.WriteByte((byte)'\n');
    }

    private static string HashOfLastLine(string path)
    {
        if (!File.Exists(path)) return "";
        using var file = File.OpenRead(path);
        file.Seek(-Math.Min(TailLength, file.Length), SeekOrigin.End);
        using var reader = new StreamReader(file, Encoding.UTF8);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == 0 ? "" : Hash(lines[^1]);
    }

    private static string Hash(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));
}
