using System.Globalization;
using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.IntegrationTests.Edge;
using Strangler.Proxy.Units;

namespace Strangler.IntegrationTests.Units;

/// <summary>Ten thousand requests that claim to be somebody on the new side, over real sockets; none of them may get there.</summary>
public sealed class ForgeryTests(ITestOutputHelper output)
{
    private const int Forged = 10_000;
    private const int Genuine = 1_000;
    private const string Path = "/api/products/X";
    private const string Account = "X-Customer-Id";
    private const string Groups = "X-Customer-Groups";

    private static readonly VisitorCookie Ours = new(VisitorKeyRing.Parse(UnitsEdge.Keys));
    private static readonly VisitorCookie Theirs = new(VisitorKeyRing.Parse(VisitorKeyRing.NewText()));

    // A key of somebody else under the very name of ours.
    private static readonly VisitorCookie Namesake = new(VisitorKeyRing.Parse(
        UnitsEdge.Keys.Split(':')[0] + ":" + VisitorKeyRing.NewText().Split(':')[1]));

    private static readonly Dictionary<string, Action<HttpRequestMessage, int>> Kinds = new(StringComparer.Ordinal)
    {
        ["id without signature"] = (r, i) => Cookie(r, Id(i)),
        ["signature of another visitor"] = (r, i) => Cookie(r, Signed(Ours, i)[..^43] + Signed(Ours, i + 1)[^43..]),
        ["id of another visitor put in"] = (r, i) => Cookie(r, Signed(Ours, i + 1).Replace(Id(i + 1), Id(i), StringComparison.Ordinal)),
        ["one letter changed"] = (r, i) => Cookie(r, Change(Signed(Ours, i), i)),
        ["truncated"] = (r, i) => Cookie(r, Signed(Ours, i)[..^(1 + (i % 60))]),
        ["lengthened"] = (r, i) => Cookie(r, Signed(Ours, i) + new string('A', 1 + (i % 500))),
        ["key of another shop"] = (r, i) => Cookie(r, Signed(Theirs, i)),
        ["key of another shop, our key's name"] = (r, i) => Cookie(r, Signed(Namesake, i)),
        ["another version"] = (r, i) => Cookie(r, "v2" + Signed(Ours, i)[2..]),
        ["lease put in"] = (r, i) => Cookie(r, Signed(Ours, i).Insert(Signed(Ours, i).Length - 44, ".1999999999")),
        ["the TLS name over plain HTTP"] = (r, i) => r.Headers.Add("Cookie", $"{UnitReader.SecureCookie}={Signed(Ours, i)}"),
        ["another cookie's name"] = (r, i) => r.Headers.Add("Cookie", $"X{UnitReader.PlainCookie}={Signed(Ours, i)}; strangler-visitor={Signed(Ours, i)}"),
        ["account of an included customer"] = (r, _) => r.Headers.Add(Account, "vip"),
        ["account inside the share"] = (r, i) => r.Headers.Add(Account, UnitsEdge.UnitInside(i % 50)),
        ["account, and a forwarded address of the proxy"] = (r, _) =>
        {
            r.Headers.Add(Account, "vip");
            r.Headers.Add("X-Forwarded-For", "127.0.0.2");
        },
        ["included group"] = (r, _) => r.Headers.Add(Groups, "testers"),
        ["included group beside a session outside the share"] = (r, _) =>
        {
            r.Headers.Add("Cookie", "LegacySession=" + TestEdge.SessionAt(UnitsEdge.Share, inside: false));
            r.Headers.Add(Groups, "testers");
        },
        ["our own headers"] = (r, _) =>
        {
            r.Headers.Add("Strangler-Decision", "new");
            r.Headers.Add("Strangler-Visitor", "vip");
            r.Headers.Add("Strangler-Shadow", "1");
        },
        ["the unit header"] = (r, _) => r.Headers.Add(UnitsEdge.UnitHeader, "vip"),
        ["nonsense"] = (r, i) => Cookie(r, new string([.. Enumerable.Range(0, i % 300).Select(n => (char)('!' + (n * i % 90)))]).Replace(';', '.')),
    };

    [Fact]
    public async Task Requests_TenThousandForged_NoneReachesTheNewSideAndTheGenuineDo()
    {
        await using var edge = await UnitsEdge.StartAsync();
        edge.Stand(new CapabilityState(Stage.ReadCanary, UnitsEdge.Share, Killed: false) { Include = new UnitSet(["vip"], ["testers"]) });
        var kinds = Kinds.ToArray();

        var sides = await AllAsync(Forged, i => SendAsync(edge.Stranger, kinds[i % kinds.Length].Value, i));
        var honest = await AllAsync(Genuine, i => (i % 4) switch
        {
            0 => SendAsync(edge.Stranger, (r, n) => Cookie(r, Signed(Ours, n)), i),
            1 => SendAsync(edge.Proxy, (r, _) => r.Headers.Add(Account, "vip"), i),
            2 => SendAsync(edge.Proxy, (r, n) => r.Headers.Add(Account, UnitsEdge.UnitInside(n % 50)), i),
            _ => SendAsync(edge.Proxy, (r, n) =>
            {
                r.Headers.Add("Cookie", "LegacySession=" + TestEdge.SessionAt(UnitsEdge.Share, inside: false));
                r.Headers.Add(Groups, "staff, testers");
            }, i),
        });

        for (var kind = 0; kind < kinds.Length; kind++)
        {
            var asked = sides.Where((_, i) => i % kinds.Length == kind).ToList();
            var moved = asked.Count(side => side != "legacy");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kinds[kind].Key}: {asked.Count} requests, {moved} on the new side"));
            moved.ShouldBe(0, kinds[kind].Key);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"genuine: {honest.Length} requests, {honest.Count(s => s == "new")} on the new side"));
        honest.ShouldAllBe(side => side == "new");
        var strangers = edge.Seen.Where(r => !r.Headers.ContainsKey("X-Test-Genuine"));
        strangers.ShouldAllBe(r => !r.Headers.ContainsKey(Account) && !r.Headers.ContainsKey(Groups) && !r.Headers.ContainsKey(UnitsEdge.UnitHeader));
    }

    private static async Task<string[]> AllAsync(int count, Func<int, Task<string>> send)
    {
        var answers = new string[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = TestContext.Current.CancellationToken },
            async (i, _) => answers[i] = await send(i));
        return answers;
    }

    private static async Task<string> SendAsync(HttpClient client, Action<HttpRequestMessage, int> claim, int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        claim(request, number);
        if (!Kinds.ContainsValue(claim)) request.Headers.Add("X-Test-Genuine", "1");
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.TextAsync();
    }

    private static void Cookie(HttpRequestMessage request, string value) =>
        request.Headers.TryAddWithoutValidation("Cookie", $"theme=dark; {UnitReader.PlainCookie}={value}; cart=3");

    private static string Signed(VisitorCookie by, int number) => by.Write(Id(number), leaseEnds: null);

    // Visitors whose bucket is inside the share: believed, each would be on the new side.
    private static string Id(int number) => Ids[number % Ids.Length];

    private static readonly string[] Ids =
        [.. Enumerable.Range(0, 1000).Select(_ => VisitorCookie.NewId()).Where(id => Bucket.Of(id, UnitsEdge.Capability) < Bucket.Edge(UnitsEdge.Share))];

    private static string Change(string value, int number)
    {
        var place = number % value.Length;
        return value[..place] + (value[place] == 'A' ? 'B' : 'A') + value[(place + 1)..];
    }
}
