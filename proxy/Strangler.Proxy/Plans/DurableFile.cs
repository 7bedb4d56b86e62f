using System.Text;

namespace Strangler.Proxy.Plans;

/// <summary>Writes a file so that after a crash there is either the old one or the whole new one.</summary>
internal static class DurableFile
{
    /// <summary>Writes beside it, waits for the disk, renames, and waits for the disk to know the new name.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="text">The whole content.</param>
    /// <param name="step">Told of each step that is done; for tests that let the process die there.</param>
    /// <exception cref="IOException">It could not be written; what was there is still there.</exception>
    public static void Write(string path, string text, Action<string>? step = null)
    {
        var temporary = path + ".tmp";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            step?.Invoke("written");
            file.Flush(flushToDisk: true);
        }

        step?.Invoke("flushed");
        File.Move(temporary, path, overwrite: true);
        step?.Invoke("renamed");
        FolderSync.Flush(Path.GetDirectoryName(path)!);
    }
}
