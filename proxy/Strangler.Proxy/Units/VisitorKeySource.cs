using System.Text;
using Microsoft.Extensions.Logging;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Units;

/// <summary>
/// Finds the keys of the edge's cookies when the first one is needed: those that the host was given, else those of the state folder, else
/// new ones that are kept there.
/// </summary>
internal sealed class VisitorKeySource
{
    /// <summary>The file of keys that the edge has made itself.</summary>
    public const string FileName = "visitor-keys";

    private readonly string _file;
    private readonly ILogger<VisitorKeySource> _log;
    private readonly Lazy<VisitorKeyRing> _ring;
    private readonly Lazy<VisitorCookie> _cookie;

    /// <summary>Reads the keys that the host was given.</summary>
    /// <exception cref="FormatException">They are no keys.</exception>
    public VisitorKeySource(StranglerOptions options, ILogger<VisitorKeySource> log)
    {
        _log = log;
        _file = Path.Combine(options.State, FileName);
        var given = string.IsNullOrWhiteSpace(options.VisitorKeys) ? null : VisitorKeyRing.Parse(options.VisitorKeys);
        options.VisitorKeys = null;
        _ring = given is null ? new Lazy<VisitorKeyRing>(OfStateFolder) : new Lazy<VisitorKeyRing>(given);
        _cookie = new Lazy<VisitorCookie>(() => new VisitorCookie(_ring.Value));
    }

    /// <summary>The keys.</summary>
    public VisitorKeyRing Ring => _ring.Value;

    /// <summary>Writes and verifies visitor cookies with these keys.</summary>
    public VisitorCookie Cookie => _cookie.Value;

    private VisitorKeyRing OfStateFolder()
    {
        _log.OwnVisitorKeys(_file);
        try
        {
            if (!File.Exists(_file)) Create();
            return VisitorKeyRing.Parse(File.ReadAllText(_file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            // Visitors are worth less than the shop: serve on, with keys that a restart forgets.
            _log.VisitorKeysNotKept(_file, error.Message);
            return VisitorKeyRing.Parse(VisitorKeyRing.NewText());
        }
    }

    // Complete or not there at all, and never readable by others, not even for a moment.
    private void Create()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        var temporary = $"{_file}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(Encoding.ASCII.GetBytes(VisitorKeyRing.NewText()));
            stream.Flush(flushToDisk: true);
        }

        // Another edge with the same folder may have been first: then its keys count.
        if (File.Exists(_file)) File.Delete(temporary);
        else File.Move(temporary, _file);
    }
}
