using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.AccessLog;

/// <summary>
/// Appends one JSON line per request and hands each to the operating system at once, so that a killed process has logged what
/// it served: <c>t</c> start in UTC, <c>m</c> method, <c>p</c> path without query, <c>s</c> status, <c>ms</c> duration,
/// <c>ua</c> user agent, <c>h</c> the configured headers that were present.
/// </summary>
internal sealed class AccessLogFile : IDisposable
{
    // The log is read by programs and people, never shown in a page: no need to escape what only HTML minds.
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _gate = new();
    private readonly MemoryStream _line = new();
    private readonly Utf8JsonWriter _writer;
    private readonly FileStream _file;
    private readonly string[] _headers;
    private readonly ILogger<AccessLogFile> _logger;
    private bool _failing;

    /// <summary>Opens the file for appending.</summary>
    public AccessLogFile(IOptions<AccessLogOptions> options, ILogger<AccessLogFile> logger)
    {
        _logger = logger;
        _headers = [.. options.Value.Headers];
        _writer = new Utf8JsonWriter(_line, Json);
        var path = Path.GetFullPath(options.Value.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }

    /// <summary>Appends one line. A full disk is said once and costs no request its answer.</summary>
    public void Write(AccessLogEntry entry)
    {
        lock (_gate)
        {
            _line.SetLength(0);
            _writer.Reset();
            WriteJson(entry);
            _writer.Flush();
            _line.WriteByte((byte)'\n');
            try
            {
                _file.Write(_line.GetBuffer().AsSpan(0, (int)_line.Length));
                _failing = false;
            }
            catch (IOException failure)
            {
                if (!_failing)
                {
                    Log.AccessLogFailed(_logger, _file.Name, failure.Message);
                }

                _failing = true;
            }
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _writer.Dispose();
            _line.Dispose();
            _file.Dispose();
        }
    }

    private void WriteJson(AccessLogEntry entry)
    {
        var (request, response) = (entry.Context.Request, entry.Context.Response);
        var started = entry.Started.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);
        _writer.WriteStartObject();
        _writer.WriteString("t", started);
        _writer.WriteString("m", request.Method);
        _writer.WriteString("p", request.PathBase + request.Path);
        _writer.WriteNumber("s", response.StatusCode);
        _writer.WriteNumber("ms", Math.Round(entry.Elapsed.TotalMilliseconds, 2));
        _writer.WriteString("ua", request.Headers.UserAgent.ToString());
        _writer.WriteStartObject("h");
        foreach (var name in _headers)
        {
            if (request.Headers.TryGetValue(name, out var value))
            {
                _writer.WriteString(name, value.ToString());
            }
        }

        _writer.WriteEndObject();
        _writer.WriteEndObject();
    }
}
