using Microsoft.AspNetCore.Http;
using Shouldly;
using Strangler.Proxy.Shadow;
using Xunit;

namespace Strangler.UnitTests.Shadow;

public sealed class AnswerHeadersTests
{
    [Fact]
    public void Of_BothKindsOfAnswer_HaveTheSameLinesWithoutThoseOfTheConnectionAndTheEdge()
    {
        using var response = new HttpResponseMessage { Content = new ByteArrayContent([]) };
        var headers = new HeaderDictionary();
        foreach (var (name, value) in new (string, string)[]
        {
            ("Connection", "close"), ("Transfer-Encoding", "chunked"), ("X-Kept", "a, b"),
            ("Set-Cookie", "Session=1; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT"), ("Set-Cookie", "Theme=dark"), ("Content-Type", "text/html"),
        })
        {
            if (!response.Headers.TryAddWithoutValidation(name, value)) response.Content.Headers.TryAddWithoutValidation(name, value);
            headers.Append(name, value);
        }

        headers.Append("Set-Cookie", "Strangler-Visitor=v1.x");
        headers.Append("Set-Cookie", "__Host-Strangler-Writes=v1.x");
        headers.Append("Strangler-Decision", "legacy");

        var ofTheShadow = AnswerHeaders.Of(response);

        ofTheShadow.ShouldBe(
            [
                new("X-Kept", "a, b"), new("Set-Cookie", "Session=1; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT"), new("Set-Cookie", "Theme=dark"),
                new("Content-Type", "text/html"),
            ],
            ignoreOrder: true);
        AnswerHeaders.Of(headers).ShouldBe(ofTheShadow, ignoreOrder: true);
    }

    [Theory]
    [InlineData("1.4.2+abc", "1.4.2+abc")]
    [InlineData("  1.4.2 ", "1.4.2")]
    [InlineData("b\u00fcild", "")]
    public void Build_HeaderOfTheRules_IsTakenIfItIsPlain(string stated, string expected) =>
        AnswerHeaders.Build([new("x-service-version", stated)], "X-Service-Version").ShouldBe(expected);

    [Fact]
    public void Build_LongOrNone_IsCutOrEmpty()
    {
        AnswerHeaders.Build([new("V", new string('1', 500))], "V").Length.ShouldBe(100);
        AnswerHeaders.Build([new("V", "1")], header: null).ShouldBeEmpty();
        AnswerHeaders.Build([], "V").ShouldBeEmpty();
    }
}
