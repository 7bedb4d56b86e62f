using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Telemetry;
using Xunit;

namespace Strangler.UnitTests.Telemetry;

public sealed class OperationTrafficTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Read_AfterAnHour_HasForgottenTheMinuteThatIsOver()
    {
        var traffic = new OperationTraffic(_time, _time.GetTimestamp());
        var operation = TestPlan.At(Stage.ReadCanary, 50).Capabilities[0].Operations[0];
        traffic.Record(operation[DecisionReason.InsideShare]);
        _time.Advance(TimeSpan.FromMinutes(30));
        traffic.Record(operation[DecisionReason.NoUnit]);
        traffic.Read().ShouldBe((2, 1));

        _time.Advance(TimeSpan.FromMinutes(29));
        traffic.Read().ShouldBe((2, 1));
        _time.Advance(TimeSpan.FromMinutes(1));
        traffic.Read().ShouldBe((1, 1));
        _time.Advance(TimeSpan.FromMinutes(30));
        traffic.Read().ShouldBe((0, 0));
    }
}
