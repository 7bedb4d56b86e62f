using Microsoft.AspNetCore.Http;
using Strangler.Core.Compare;
using Strangler.Proxy.Shadow;

namespace Strangler.UnitTests.Shadow.Evidence;

/// <summary>Exchanges that differ in nothing but what was asked.</summary>
internal static class SampleExchange
{
    public const string Operation = "GET /things/{id}";

    private static readonly CopiedHeaders Headers = new("shop", "http", null, null, null, null, null);

    public static ShadowExchange Of(string path) => new(
        "1", "shop", Operation, 1, HttpMethods.Get, new PathString(path), new PathString(path), QueryString.Empty, Headers, default, default,
        new Answer(StatusCodes.Status200OK, "application/json", null, ReadOnlyMemory<byte>.Empty), null, "");

    public static Comparison Differs(params IEnumerable<string> paths) => new(
        [.. paths.Select(path => new Difference(DifferenceKind.Number, path, path, ValueSummary.Missing, ValueSummary.Missing))], Truncated: false);
}
