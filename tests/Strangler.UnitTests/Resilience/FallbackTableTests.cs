using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Resilience;
using Xunit;

namespace Strangler.UnitTests.Resilience;

/// <summary>Every cell of the fallback table, written out by hand.</summary>
public sealed class FallbackTableTests
{
    // One line for each outcome; one word for each of: safe, idempotent, keyed, none where legacy owns the data, then the same where the new side does.
    private const string Plain = """
        Answered    pass pass pass pass     pass pass pass pass
        NotSent     BACK BACK BACK BACK     BACK 503  503  503
        NoAnswer    BACK fail fail fail     BACK fail fail fail
        Busy        BACK pass pass pass     BACK pass pass pass
        Unavailable BACK pass pass pass     BACK pass pass pass
        Error       pass pass pass pass     pass pass pass pass
        BrokenOff   cut  cut  cut  cut      cut  cut  cut  cut
        Aborted     cut  cut  cut  cut      cut  cut  cut  cut
        """;

    // What a flag changes, and nothing else.
    private const string WithSharedKey = "NoAnswer    BACK fail BACK fail     BACK fail fail fail";

    private const string WithNotExecuted = """
        Busy        BACK BACK BACK pass     BACK pass pass pass
        Unavailable BACK BACK BACK pass     BACK pass pass pass
        """;

    private const string WithErrors = "Error       BACK pass pass pass     BACK pass pass pass";

    private const string Retired = """
        Answered    pass pass pass pass     pass pass pass pass
        NotSent     503  503  503  503      503  503  503  503
        NoAnswer    fail fail fail fail     fail fail fail fail
        Busy        pass pass pass pass     pass pass pass pass
        Unavailable pass pass pass pass     pass pass pass pass
        Error       pass pass pass pass     pass pass pass pass
        BrokenOff   cut  cut  cut  cut      cut  cut  cut  cut
        Aborted     cut  cut  cut  cut      cut  cut  cut  cut
        """;

    [Fact]
    public void Decide_EachCell_IsTheOneOfTheTable() => Check(c => c, Plain);

    [Fact]
    public void Decide_BothStoresKnowTheKey_LetsKeyedWritesWithoutAnswerFallBack() => Check(c => c with { HasSharedKey = true }, Plain, WithSharedKey);

    [Fact]
    public void Decide_TheSideSaysItHasNotExecuted_LetsWritesThatCanBeRepeatedFallBack() => Check(c => c with { SaidNotExecuted = true }, Plain, WithNotExecuted);

    [Fact]
    public void Decide_ErrorsFallBack_LetsSafeOnesFallBackOnThem() => Check(c => c with { ErrorsFallBack = true }, Plain, WithErrors);

    [Fact]
    public void Decide_AllAtOnce_AddsUp() =>
        Check(c => c with { HasSharedKey = true, SaidNotExecuted = true, ErrorsFallBack = true }, Plain, WithSharedKey, WithNotExecuted, WithErrors);

    [Fact]
    public void Decide_Retired_NeverFallsBack() =>
        Check(c => c with { IsRetired = true, HasSharedKey = true, SaidNotExecuted = true, ErrorsFallBack = true }, Retired);

    [Fact]
    public void CanEverFallBack_EachCase_IsTrueWhereSomeOutcomeDoes()
    {
        foreach (var request in Cases().SelectMany(c => new[] { c, c with { IsRetired = true } }))
        {
            var full = request with { HasSharedKey = true, SaidNotExecuted = true, ErrorsFallBack = true };
            FallbackTable.CanEverFallBack(request).ShouldBe(Enum.GetValues<AttemptOutcome>().Any(o => FallbackTable.Decide(o, full) == FallbackAction.FallBack), request.ToString());
        }
    }

    [Theory]
    [InlineData(Stage.ReadCanary, Side.Legacy, false)]
    [InlineData(Stage.NewPrimary, Side.New, false)]
    [InlineData(Stage.Retired, Side.New, true)]
    public void Fallback_OfAnOperation_FollowsStageAndRules(Stage stage, Side owner, bool retired)
    {
        var operation = TestPlan.With(TestPlan.Operation("PUT", "/api/carts", Semantics.Idempotent), stage);

        operation.Fallback.ShouldBe(new FallbackCase(Semantics.Idempotent, owner) { IsRetired = retired });
    }

    [Fact]
    public void Decide_AnyCase_AllocatesNothing()
    {
        var request = new FallbackCase(Semantics.Keyed, Side.Legacy);

        Allocations.PerCall(() => FallbackTable.Decide(AttemptOutcome.NoAnswer, request with { HasSharedKey = true })).ShouldBe(0);
    }

    // Later lines replace earlier ones of the same outcome.
    private static void Check(Func<FallbackCase, FallbackCase> with, params string[] tables)
    {
        var lines = tables.SelectMany(table => table.Split('\n')).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        foreach (var outcome in Enum.GetValues<AttemptOutcome>())
        {
            var words = lines.Last(line => line[0] == outcome.ToString())[1..];
            var cases = Cases().ToList();
            words.Length.ShouldBe(cases.Count);
            for (var i = 0; i < words.Length; i++) FallbackTable.Decide(outcome, with(cases[i])).ShouldBe(ActionOf(words[i]), $"{outcome}, {with(cases[i])}");
        }
    }

    private static IEnumerable<FallbackCase> Cases() =>
        from owner in new[] { Side.Legacy, Side.New }
        from semantics in new[] { Semantics.Safe, Semantics.Idempotent, Semantics.Keyed, Semantics.None }
        select new FallbackCase(semantics, owner);

    private static FallbackAction ActionOf(string word) => word switch
    {
        "pass" => FallbackAction.PassThrough,
        "BACK" => FallbackAction.FallBack,
        "503" => FallbackAction.Refuse,
        "fail" => FallbackAction.Fail,
        _ => FallbackAction.Abort,
    };
}
