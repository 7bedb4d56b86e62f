using Shouldly;
using Strangler.Core.Evidence;
using Strangler.Proxy.Shadow.Evidence;
using Xunit;

namespace Strangler.UnitTests.Shadow.Evidence;

public sealed class FieldTableTests
{
    [Fact]
    public void CountTriple_AlarmAndThenALull_StaysAlarmed()
    {
        const string Operation = SampleExchange.Operation;
        var table = new FieldTable();
        var field = table.IndicesOf(Operation, SampleExchange.Differs("$.price"))!;
        table.CountTriple(Operation, [], field);
        for (var i = 0; i < NoiseLimits.EnoughTriples; i++) table.CountTriple(Operation, field, []);
        table.Read().ShouldHaveSingleItem().Alarmed.ShouldBeTrue();

        for (var i = 0; i < NoiseLimits.EnoughTriples; i++) table.CountTriple(Operation, [], field);

        var seen = table.Read().ShouldHaveSingleItem();
        NoiseJudgement.IsAlarm(seen.Counts, fields: 1).ShouldBeFalse();
        seen.Alarmed.ShouldBeTrue();
    }
}
