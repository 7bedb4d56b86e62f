using System.IO.Compression;
using Strangler.Core.Compare;

namespace Strangler.Proxy.Shadow;

/// <summary>
/// Undoes Content-Encoding, off the request path: two servers that compress the same text rarely produce the same bytes. What
/// would grow beyond the limit, as a compressed bomb does, is not read.
/// </summary>
internal static class BodyDecoder
{
    // How many times larger than the capture limit a body may become.
    private const int MaxGrowth = 4;
    private const int Chunk = 16 * 1024;

    /// <summary>The answer with its body as text; null when the encoding is unknown, broken or grows too large.</summary>
    /// <param name="answer">The answer as sent.</param>
    /// <param name="encoding">Its Content-Encoding; null for none.</param>
    /// <param name="captureLimit">The capture limit in bytes.</param>
    public static Answer? Decode(Answer answer, string? encoding, int captureLimit)
    {
        if (encoding is null or "identity" || answer.Body.IsEmpty) return answer;
        using var compressed = new MemoryStream(answer.Body.ToArray(), writable: false);
        using Stream? plain = encoding switch
        {
            "gzip" or "x-gzip" => new GZipStream(compressed, CompressionMode.Decompress),
            "br" => new BrotliStream(compressed, CompressionMode.Decompress),
            "deflate" => new ZLibStream(compressed, CompressionMode.Decompress),
            _ => null,
        };
        return plain is not null && TryReadAll(plain, captureLimit * MaxGrowth) is { } body ? answer with { Body = body } : null;
    }

    private static byte[]? TryReadAll(Stream plain, int limit)
    {
        using var body = new MemoryStream();
        var chunk = new byte[Chunk];
        try
        {
            int read;
            while ((read = plain.Read(chunk)) > 0)
            {
                if (body.Length + read > limit) return null;
                body.Write(chunk.AsSpan(0, read));
            }
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException)
        {
            return null;
        }

        return body.ToArray();
    }
}
