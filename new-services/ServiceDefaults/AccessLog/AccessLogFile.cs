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

    private readonly Lock gate = new();
    private readonly MemoryStream line = new();
    private readonly Utf8JsonWriter writer;
    private readonly FileStream file;
    private readonly string[] headers;
    private readonly ILogger<AccessLogFile> logger;
    private bool failing;

    /// <summary>Opens the file for appending.</summary>
    public AccessLogFile(IOptions<AccessLogOptions> options, ILogger<AccessLogFile> logger)
    {
        this.logger = logger;
        headers = [.. options.Value.Headers];
        writer = new Utf8JsonWriter(line, Json);
        var path = Path.GetFullPath(options.Value.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }

    /// <summary>Appends one line. A full disk is said once and costs no request its answer.</summary>
    public void Write(AccessLogEntry entry)
    {
        lock (gate)
        {
            line.SetLength(0);
            writer.Reset();
            WriteJson(entry);
            writer.Flush();
            line.WriteByte((byte)'\n');
            try
            {
                file.Write(line.GetBuffer().AsSpan(0, (int)line.Length));
                failing = false;
            }
            catch (IOException failure)
            {
                if (!failing)
                {
                    Log.AccessLogFailed(logger, file.Name, failure.Message);
                }

                failing = true;
            }
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            writer.Dispose();
            line.Dispose();
            file.Dispose();
        }
    }

    private void WriteJson(AccessLogEntry entry)
    {
        var (request, response) = (entry.Context.Request, entry.Context.Response);
        var started = entry.Started.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);
        writer.WriteStartObject();
        writer.WriteString("t", started);
        writer.WriteString("m", request.Method);
        writer.WriteString("p", request.PathBase + request.Path);
        writer.WriteNumber("s", response.StatusCode);
        writer.WriteNumber("ms", Math.Round(entry.Elapsed.TotalMilliseconds, 2));
        writer.WriteString("ua", request.Headers.UserAgent.ToString());
        writer.WriteStartObject("h");
        foreach (var name in headers)
        {
            if (request.Headers.TryGetValue(name, out var value))
            {
                writer.WriteString(name, value.ToString());
            }
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
