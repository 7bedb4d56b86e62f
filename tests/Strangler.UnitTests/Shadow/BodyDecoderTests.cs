using System.IO.Compression;
using System.Text;
using Shouldly;
using Strangler.Proxy.Shadow;
using Strangler.Proxy.Shadow.Bodies;
using Xunit;

namespace Strangler.UnitTests.Shadow;

public sealed class BodyDecoderTests
{
    private const int CaptureLimit = 10_000;

    private readonly ByteBudget _budget;
    private readonly BodyDecoder _decoder;

    public BodyDecoderTests()
    {
        var options = new ShadowOptions { CaptureLimit = CaptureLimit };
        _budget = new ByteBudget(options);
        _decoder = new BodyDecoder(_budget, options);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public void Decode_KnownEncoding_GivesTheTextAndHoldsItsMemory(string encoding)
    {
        Encoding.UTF8.GetString(_decoder.Decode(Compressed(encoding, "hello"), encoding, "shop", out _)!).ShouldBe("hello");

        _budget.Used.ShouldBe(5);
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip, br")]
    [InlineData("br")]
    public void Decode_UnknownOrBroken_GivesNothing(string encoding)
    {
        _decoder.Decode(Compressed("gzip", "hello"), encoding, "shop", out var reason).ShouldBeNull();

        (reason, _budget.Used).ShouldBe((SkipReason.Encoding, 0));
    }

    [Fact]
    public void Decode_Bomb_IsNotUnpackedBeyondTheLimit()
    {
        var bomb = Compressed("gzip", new string('0', 5_000_000));

        bomb.Length.ShouldBeLessThan(CaptureLimit);
        _decoder.Decode(bomb, "gzip", "shop", out var reason).ShouldBeNull();
        (reason, _budget.Used).ShouldBe((SkipReason.Encoding, 0));
    }

    [Fact]
    public void Decode_NoMemoryLeft_GivesNothing()
    {
        var options = new ShadowOptions { CaptureLimit = CaptureLimit, MemoryLimit = 30_000 };
        var budget = new ByteBudget(options);

        new BodyDecoder(budget, options).Decode(Compressed("gzip", new string('0', 20_000)), "gzip", "shop", out var reason).ShouldBeNull();

        (reason, budget.Used).ShouldBe((SkipReason.BytesFull, 0));
    }

    private static byte[] Compressed(string encoding, string text)
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

        return body.ToArray();
    }
}
