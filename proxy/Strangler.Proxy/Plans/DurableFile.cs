using System.Text;

namespace Strangler.Proxy.Plans;

/// <summary>Writes a file so that after a crash there is either the old one or the whole new one.</summary>
internal static class DurableFile
{
    /// <summary>Writes beside it, waits for the disk, and renames.</summary>
    /// <exception cref="IOException">It could not be written; what was there is still there.</exception>
    public static void Write(string path, string text)
    {
        var temporary = path + ".tmp";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
