using Shouldly;
using Strangler.Proxy.Admin.Idempotency;
using Xunit;

namespace Strangler.UnitTests.Admin;

public sealed class IdempotencyKeysTests
{
    private static readonly StoredAnswer Answer = new(200, "application/json", "\"2\"", []);
    private readonly ManualTimeProvider _time = new();
    private readonly IdempotencyKeys _keys;

    public IdempotencyKeysTests() => _keys = new IdempotencyKeys(_time);

    [Fact]
    public void Begin_WhileTheFirstRuns_SaysSo()
    {
        _keys.Begin("mia", "k", "r").State.ShouldBe(KeyState.First);
        _keys.Begin("mia", "k", "r").State.ShouldBe(KeyState.Running);
        _keys.Begin("mia", "k", "other").State.ShouldBe(KeyState.Reused);

        _keys.End("mia", "k", Answer);

        _keys.Begin("mia", "k", "r").ShouldBe((KeyState.Answered, Answer));
        _keys.Begin("mia", "k", "other").State.ShouldBe(KeyState.Reused);
        _keys.Begin("eve", "k", "other").State.ShouldBe(KeyState.First);
    }

    [Fact]
    public void Begin_AfterNothingWasDone_MayTryAgain()
    {
        _keys.Begin("mia", "k", "r");
        _keys.End("mia", "k", null);

        _keys.Begin("mia", "k", "r").State.ShouldBe(KeyState.First);
    }

    [Fact]
    public void Begin_AfterADay_HasForgotten()
    {
        _keys.Begin("mia", "k", "r");
        _keys.End("mia", "k", Answer);
        _time.Advance(IdempotencyKeys.Lifetime);
        _keys.Begin("mia", "k", "r").State.ShouldBe(KeyState.Answered);

        _time.Advance(TimeSpan.FromTicks(1));

        _keys.Begin("mia", "k", "r").State.ShouldBe(KeyState.First);
    }

    [Fact]
    public void Begin_MoreThanAThousand_ForgetsTheOldestOfThatActorOnly()
    {
        _keys.Begin("eve", "0", "r");
        for (var i = 0; i <= IdempotencyKeys.PerActor; i++)
        {
            _keys.Begin("mia", $"{i}", "r");
            _keys.End("mia", $"{i}", Answer);
        }

        _keys.Begin("mia", "1", "r").State.ShouldBe(KeyState.Answered);
        _keys.Begin("mia", "0", "r").State.ShouldBe(KeyState.First);
        _keys.Begin("eve", "0", "r").State.ShouldBe(KeyState.Running);
    }
}
