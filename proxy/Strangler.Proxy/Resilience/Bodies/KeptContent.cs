using System.Net;

namespace Strangler.Proxy.Resilience.Bodies;

/// <summary>
/// A kept body on its way to a backend. It can be written more than once: when HTTP/2 says that a stream was not processed, the handler repeats the
/// request by itself.
/// </summary>
internal sealed class KeptContent(PooledBytes bytes) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (!bytes.TryHold()) throw new IOException("the request is over");
        try
        {
            await stream.WriteAsync(bytes.Bytes, cancellationToken);
        }
        finally
        {
            bytes.Release();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}
