using Shouldly;
using Strangler.Core.Model;
using Strangler.Proxy.Adapters;
using Xunit;
using static Strangler.UnitTests.OwnWrites.WritingClient;

namespace Strangler.UnitTests.OwnWrites;

/// <summary>
/// Random writes, reads, watermarks and outages over two edges whose clocks are wrong by minutes, as that of the adapters is: no read is ever on
/// the new side before everything that its client has written is there.
/// </summary>
public sealed class NobodyMissesTests
{
    private const int Steps = 3000;
    private const int Clients = 5;

    private static readonly string[] Capabilities = [Products, Orders, Stocks];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Read_AnySequence_NeverOnNewBeforeTheOwnWriteIsThere(int seed)
    {
        var (missed, onNew, onLegacy) = await RunAsync(seed, keepsCookies: true);

        missed.ShouldBe(0, $"seed {seed}");
        onNew.ShouldBeGreaterThan(100);
        onLegacy.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Read_ClientThatDropsTheCookie_MissesWrites() => (await RunAsync(1, keepsCookies: false)).Missed.ShouldBeGreaterThan(50);

    private static async Task<(int Missed, int OnNew, int OnLegacy)> RunAsync(int seed, bool keepsCookies)
    {
        var random = new Random(seed);
        var truth = new ManualTimeProvider();
        var adapters = new ShiftedTime(truth, TimeSpan.FromSeconds(random.Next(-600, 600)));
        var clocks = new[] { 0, 1 }.Select(_ => new ShiftedTime(truth, TimeSpan.FromMilliseconds(random.Next(-300_000, 300_000)))).ToArray();
        var edges = clocks.Select(clock => Edge(clock)).ToArray();
        var applied = Capabilities.ToDictionary(name => name, _ => truth.GetUtcNow(), StringComparer.Ordinal);
        var filling = "";
        var clients = Enumerable.Range(0, Clients).Select(_ => new WritingClient()).ToArray();
        var wrote = clients.Select(_ => new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal)).ToArray();
        var (missed, onNew, onLegacy) = (0, 0, 0);
        foreach (var edge in Enumerable.Range(0, edges.Length)) Look(edge);
        for (var step = 0; step < Steps; step++)
        {
            truth.Advance(TimeSpan.FromMicroseconds(random.Next(1, 50_000)));
            var (client, edge) = (random.Next(Clients), random.Next(edges.Length));
            switch (random.Next(20))
            {
                case 0:
                    var capability = random.Next(8) == 0 ? null : Capabilities[random.Next(Capabilities.Length)];
                    var committed = truth.GetUtcNow();
                    foreach (var name in capability is null ? Capabilities : capability == Orders ? [Orders, Stocks] : [capability]) wrote[client][name] = committed;
                    truth.Advance(TimeSpan.FromMicroseconds(random.Next(0, 3000)));
                    await clients[client].WriteAsync(edges[edge], capability);
                    if (!keepsCookies) clients[client].Cookie = null;
                    break;
                case < 4:
                    var followed = Capabilities[random.Next(Capabilities.Length)];
                    var target = truth.GetUtcNow() - TimeSpan.FromMicroseconds(random.Next(0, 400_000));
                    if (target > applied[followed]) applied[followed] = target;
                    break;
                case < 8:
                    Look(edge);
                    break;
                case 8 when random.Next(4) == 0:
                    edges[edge].Adapters.Show(null);
                    break;
                case 9 when random.Next(4) == 0:
                    filling = random.Next(2) == 0 ? "" : Capabilities[random.Next(Capabilities.Length)];
                    break;
                default:
                    var asked = Capabilities[random.Next(Capabilities.Length)];
                    if (clients[client].Read(edges[edge], asked).Side == Side.Legacy) onLegacy++;
                    else if (wrote[client].TryGetValue(asked, out var own) && own > applied[asked]) missed++;
                    else onNew++;
                    break;
            }
        }

        return (missed, onNew, onLegacy);

        // The way there and the way back take different times, so the clocks are measured wrongly, within the margin.
        void Look(int edge)
        {
            var asked = clocks[edge].GetUtcNow();
            truth.Advance(TimeSpan.FromMicroseconds(random.Next(0, 20_000)));
            var streams = Capabilities.Select(name => new AdapterStream(name, name == filling ? null : applied[name] + adapters.Shift, null)).ToArray();
            var status = new AdapterStatus(adapters.GetUtcNow(), streams);
            truth.Advance(TimeSpan.FromMicroseconds(random.Next(0, 20_000)));
            edges[edge].Adapters.Show(AdapterReading.Of(status, asked, clocks[edge].GetUtcNow()));
        }
    }

    private sealed class ShiftedTime(ManualTimeProvider truth, TimeSpan shift) : TimeProvider
    {
        public TimeSpan Shift => shift;

        public override DateTimeOffset GetUtcNow() => truth.GetUtcNow() + shift;
    }
}
