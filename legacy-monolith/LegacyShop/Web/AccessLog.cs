using System.Text;

namespace LegacyShop.Web;

/// <summary>Appends lines to the access log; each is on its way to the disk when <see cref="Write"/> returns.</summary>
internal sealed class AccessLog : IDisposable
{
    private readonly FileStream? _file;
    private readonly Lock _lock = new();

    private AccessLog(FileStream? file) => _file = file;

    /// <summary>False when no log was asked for.</summary>
    public bool IsEnabled => _file is not null;

    /// <summary>Opens the file for appending; without a path nothing is logged.</summary>
    public static AccessLog Open(string? path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            return new AccessLog(file: null);
        }

        try
        {
            // Without a buffer a line is one write call: cheap enough to do under the lock.
            return new AccessLog(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ShopException($"The access log '{path}' cannot be written: {e.Message}");
        }
    }

    /// <summary>Appends one line.</summary>
    public void Write(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        lock (_lock)
        {
            _file?.Write(bytes);
        }
    }

    public void Dispose() => _file?.Dispose();
}
