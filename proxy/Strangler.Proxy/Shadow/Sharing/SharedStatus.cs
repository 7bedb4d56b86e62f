using System.Globalization;
using Microsoft.Extensions.Logging;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Shadow.Sharing;

/// <summary>Whether the store that the edges share can be used, in the words that the admin API says it in.</summary>
internal sealed class SharedStatus(TimeProvider time, ILogger<SharedStatus> log)
{
    private readonly Lock _lock = new();
    private DateTimeOffset? _away;

    /// <summary>The answers come from here: <c>memory</c>, <c>postgres</c>, or memory because postgres is away.</summary>
    /// <param name="isShared">Whether there is a store at all.</param>
    public string Words(bool isShared)
    {
        lock (_lock)
        {
            if (!isShared) return "memory";
            return _away is { } since
                ? string.Create(CultureInfo.InvariantCulture, $"memory (postgres away since {since.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z)")
                : "postgres";
        }
    }

    /// <summary>Why the store is away, in a sentence; null when it is not.</summary>
    public string? Error { get; private set; }

    public void Lost(string error)
    {
        lock (_lock)
        {
            Error = error;
            if (_away is not null) return;
            _away = time.GetUtcNow();
        }

        log.SharedStoreAway(error);
    }

    public void Back()
    {
        lock (_lock)
        {
            if (_away is null) return;
            (_away, Error) = (null, null);
        }

        log.SharedStoreBack();
    }
}
