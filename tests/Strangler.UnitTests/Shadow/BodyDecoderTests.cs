using System.IO.Compression;
using System.Text;
using Shouldly;
using Strangler.Core.Compare;
using Strangler.Proxy.Shadow;
using Xunit;

namespace Strangler.UnitTests.Shadow;

public sealed class BodyDecoderTests
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public void Decode_KnownEncoding_GivesTheText(string encoding) =>
        Encoding.UTF8.GetString(BodyDecoder.Decode(Compressed(encoding, "hello"), encoding, 1000)!.Body.Span).ShouldBe("hello");

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip, br")]
    [InlineData("br")]
    public void Decode_UnknownOrBroken_GivesNothing(string encoding) =>
        BodyDecoder.Decode(Compressed("gzip", "hello"), encoding, 1000).ShouldBeNull();

    [Fact]
    public void Decode_Bomb_IsNotUnpackedBeyondTheLimit()
    {
        var bomb = Compressed("gzip", new string('0', 5_000_000));

        bomb.Body.Length.ShouldBeLessThan(10_000);
        BodyDecoder.Decode(bomb, "gzip", 10_000).ShouldBeNull();
    }

    [Fact]
    public void Decode_NoEncoding_LeavesTheAnswerAlone()
    {
        var answer = new Answer(200, null, null, new byte[] { 1, 2 });

        BodyDecoder.Decode(answer, null, 1).ShouldBeSameAs(answer);
    }

    private static Answer Compressed(string encoding, string text)
    {
        using var body = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(body, CompressionLevel.SmallestSize, leaveOpen: true),
            "br" => new BrotliStream(body, CompressionLevel.SmallestSize, leaveOpen: true),
            _ => new ZLibStream(body, CompressionLevel.SmallestSize, leaveOpen: true),
        })
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return new Answer(200, "text/plain", null, body.ToArray());
    }
}
