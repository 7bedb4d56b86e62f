using System.IO.Compression;

namespace Strangler.Proxy.Shadow.Bodies;

/// <summary>
/// Undoes Content-Encoding, off the request path: two servers that compress the same text rarely produce the same bytes. What
/// would grow beyond the limit, as a compressed bomb does, is not read.
/// </summary>
internal sealed class BodyDecoder(ByteBudget budget, ShadowOptions options)
{
    // How many times larger than the capture limit a body may become.
    private const int MaxGrowth = 4;
    private const int Chunk = 16 * 1024;

    /// <summary>True when there is nothing to undo.</summary>
    public static bool IsPlain(string? encoding) => encoding is null or "" or "identity";

    /// <summary>The body as text. What it takes of the budget is the length of the result, on the capability's account.</summary>
    /// <param name="body">The body as sent.</param>
    /// <param name="encoding">Its Content-Encoding; not plain.</param>
    /// <param name="capability">Name of the capability.</param>
    /// <param name="reason">Why there is none.</param>
    public byte[]? Decode(byte[] body, string encoding, string capability, out SkipReason reason)
    {
        reason = SkipReason.Encoding;
        using var compressed = new MemoryStream(body, writable: false);
        using Stream? plain = encoding switch
        {
            "gzip" or "x-gzip" => new GZipStream(compressed, CompressionMode.Decompress),
            "br" => new BrotliStream(compressed, CompressionMode.Decompress),
            "deflate" => new ZLibStream(compressed, CompressionMode.Decompress),
            _ => null,
        };
        return plain is null ? null : TryReadAll(plain, capability, out reason);
    }

    private byte[]? TryReadAll(Stream plain, string capability, out SkipReason reason)
    {
        reason = SkipReason.Encoding;
        using var text = new BodyBuffer(budget, capability, options.CaptureLimit * MaxGrowth);
        var chunk = new byte[Chunk];
        try
        {
            int read;
            while ((read = plain.Read(chunk)) > 0)
            {
                if (text.TryAppend(chunk.AsSpan(0, read)) is not { } full) continue;
                if (full == SkipReason.BytesFull) reason = full;
                return null;
            }
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException)
        {
            return null;
        }

        if (budget.TryReserve(capability, text.Written.Length)) return text.ToArray();
        reason = SkipReason.BytesFull;
        return null;
    }
}
