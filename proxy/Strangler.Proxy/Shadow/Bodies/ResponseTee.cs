using Microsoft.AspNetCore.Http;
using Strangler.Core.Compare;
using Strangler.Proxy.Edge;

namespace Strangler.Proxy.Shadow.Bodies;

/// <summary>
/// Passes a response body on as it comes and keeps a copy of the bytes up to the capture limit; from there on only their digest. What is passed on
/// never depends on the copy: a write is copied after it has gone out, and a copy that cannot be kept is given up.
/// </summary>
internal sealed class ResponseTee(Stream inner, HttpResponse response, BodyBuffer kept, ShadowOptions options) : TeeStream(inner)
{
    private RunningDigest? _digest;
    private bool _begun;

    /// <summary>Why there is no copy; null while there is one.</summary>
    public SkipReason? GivenUp { get; private set; }

    /// <summary>What went wrong with the copy; null for nothing.</summary>
    public Exception? Error { get; private set; }

    /// <summary>The digest of the body, if it is larger than the capture limit.</summary>
    public BodyDigest? Whole => _digest?.ToDigest();

    protected override void Passed(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Keep(bytes);
        }
        catch (Exception error)
        {
            Error = error;
            GiveUp(SkipReason.Failed);
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (GivenUp is not null) return;
        if (!_begun && EndlessTypes.Has(response.ContentType))
        {
            GiveUp(SkipReason.Streaming);
            return;
        }

        _begun = true;
        if (_digest is null && kept.TryAppend(bytes) is { } reason)
        {
            if (reason == SkipReason.Size) BeginDigest();
            else GiveUp(reason);
        }
        else if (_digest is null)
        {
            return;
        }

        _digest?.Append(bytes);
        if (_digest?.Length > options.WholeLimit) GiveUp(SkipReason.Size);
    }

    private void BeginDigest()
    {
        _digest = new RunningDigest();
        _digest.Append(kept.Written);
        kept.Dispose();
    }

    private void GiveUp(SkipReason reason)
    {
        GivenUp = reason;
        _digest = null;
        kept.Dispose();
    }
}
