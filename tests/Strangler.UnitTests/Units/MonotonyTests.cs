using System.Globalization;
using Shouldly;
using Strangler.Core.Gates;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Plans;
using Xunit;

namespace Strangler.UnitTests.Units;

/// <summary>
/// Weeks of a migration in a moment: shares up and down, holds, kills, rollbacks, rules applied again, keys rotated, edges started anew. Nobody
/// who was on the new side at a share is ever on legacy at that share or a larger one.
/// </summary>
public sealed class MonotonyTests
{
    private const int Shoppers = 120;
    private const int Steps = 400;

    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _keys = [KeyOf(0)];
    private readonly UnitRules _rules = UnitParts.AllRules;
    private CapabilityState _state = CapabilityState.Initial;
    private UnitParts _edge = null!;
    private long _plan;
    private int _lastKey;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Visit_AnySequenceOfChanges_NobodyLeavesTheNewSideAtAShareThatTookThemIn(int seed)
    {
        var random = new Random(seed);
        var shoppers = Enumerable.Range(0, Shoppers).Select(Newcomer).ToArray();
        var takenInAt = Enumerable.Repeat(double.PositiveInfinity, Shoppers).ToArray();
        var (movedIn, raises) = (0, 0);
        Restart();
        for (var step = 0; step < Steps; step++)
        {
            var what = Change(random);
            if (what == "raise") raises++;
            for (var i = 0; i < Shoppers; i++)
            {
                var side = shoppers[i].Visit(_edge, _rules);
                var share = _state is { Stage: Stage.ReadCanary, Killed: false } ? _state.Share : 0;
                if (share >= takenInAt[i]) side.ShouldBe(Side.New, $"seed {seed}, step {step} ({what}), shopper {i}, share {share}, taken in at {takenInAt[i]}");
                if (side == Side.Legacy) continue;
                share.ShouldBeGreaterThan(0);
                if (double.IsInfinity(takenInAt[i])) movedIn++;
                takenInAt[i] = Math.Min(takenInAt[i], share);
            }
        }

        raises.ShouldBeGreaterThan(10);
        movedIn.ShouldBeGreaterThan(Shoppers / 4);
    }

    // A login may change nobody's side before the lease is over, at whatever share and whatever else happens meanwhile.
    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Visit_LoginAndLogout_KeepTheSideForTheLease(int seed)
    {
        var random = new Random(seed);
        var changedLater = 0;
        _state = new CapabilityState(Stage.ReadCanary, 50, Killed: false);
        Restart();
        for (var i = 0; i < Shoppers; i++)
        {
            var shopper = new Shopper(session: null);
            shopper.Visit(_edge, _rules);
            var before = shopper.Visit(_edge, _rules);

            shopper.Account = $"account-{seed}-{i}";
            for (var hour = 0; hour < 23; hour++)
            {
                shopper.Visit(_edge, _rules).ShouldBe(before, $"seed {seed}, shopper {i}, hour {hour}");
                _time.Advance(TimeSpan.FromHours(1));
                if (random.Next(4) == 0) Rotate();
            }

            _time.Advance(TimeSpan.FromHours(2));
            var later = shopper.Visit(_edge, _rules);
            later.ShouldBe(Bucket.Of(shopper.Account, TestPlan.Capability) < Bucket.Edge(50) ? Side.New : Side.Legacy);
            if (later != before) changedLater++;
            shopper.Account = null;
            shopper.Visit(_edge, _rules).ShouldBe(before);
        }

        changedLater.ShouldBeGreaterThan(Shoppers / 4);
    }

    private static Shopper Newcomer(int number) => (number % 3) switch
    {
        0 => new Shopper(string.Create(CultureInfo.InvariantCulture, $"session-{number}")),
        1 => new Shopper(session: null),
        _ => new Shopper(session: null) { Account = string.Create(CultureInfo.InvariantCulture, $"account-{number}") },
    };

    private static string KeyOf(int number) => $"k{number}:{Convert.ToBase64String([.. Enumerable.Range(number, 32).Select(i => (byte)i)])}";

    private string Change(Random random)
    {
        switch (random.Next(12))
        {
            case <= 3:
                return Move(new Move(Verb.Promote) { Share = Math.Min(100, Math.Round(_state.Share + random.NextDouble() * 15, 3)) }) ? "raise" : "refused";
            case 4:
                return Move(new Move(Verb.Promote) { Stage = _state.Stage < Stage.ReadCanary ? _state.Stage + 1 : null, Share = _state.Stage == Stage.Shadow ? random.Next(1, 60) : null }) ? "up" : "refused";
            case 5:
                return Move(new Move(Verb.Shrink) { Share = Math.Round(_state.Share * random.NextDouble(), 3) }) ? "shrink" : "refused";
            case 6:
                return Move(new Move(_state.Held ? Verb.Release : Verb.Hold)) ? "hold" : "refused";
            case 7:
                return random.Next(3) == 0 && Move(new Move(Verb.Kill)) ? "kill" : "nothing";
            case 8:
                return _state.Killed && Move(new Move(Verb.Rollback) { Stage = random.Next(2) == 0 ? Stage.Legacy : Stage.Shadow }) ? "rollback" : "nothing";
            case 9:
                Swap(random.Next(1, 4));
                return "rules";
            case 10:
                Rotate();
                return "keys";
            default:
                _time.Advance(TimeSpan.FromHours(random.Next(48)));
                Restart();
                return "restart";
        }
    }

    private bool Move(Move move)
    {
        if (Transitions.Apply(new Standing(TestPlan.Capability, _state, null, GateEvidence.None), move).State is not { } next) return false;
        _state = next;
        Swap(operations: 1);
        return true;
    }

    private void Swap(int operations) => _edge.Plans.Swap(PlanOf(operations));

    private void Rotate()
    {
        // Each page renews the cookie, so those who come back often enough have one of a newer key before the oldest one goes.
        _keys.Insert(0, KeyOf(++_lastKey % 200));
        if (_keys.Count > 3) _keys.RemoveAt(_keys.Count - 1);
        Restart();
    }

    private void Restart() => _edge = new UnitParts(string.Join('\n', _keys), _time, new PlanHolder(PlanOf(operations: 1)));

    private Plan PlanOf(int operations) => new(
        ++_plan,
        TestPlan.Rules([.. Enumerable.Range(0, operations).Select(i => TestPlan.Operation("GET", i == 0 ? "/api/products/{sku}" : $"/api/more/{i}"))]) with { Unit = _rules },
        new Dictionary<string, CapabilityState>(StringComparer.Ordinal) { [TestPlan.Capability] = _state });
}
