using System.Globalization;
using Strangler.Core.Admin;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Admin;

/// <summary>Reckons from the last hour how many requests a minute a change would move, and how many copies it would make.</summary>
internal sealed class Forecaster(EdgeMetrics metrics)
{
    private const double LeastMinutes = 1 / 60.0;

    /// <summary>The forecast of a capability that goes from one state to another.</summary>
    public Forecast Of(CapabilityPlan capability, CapabilityState before, CapabilityState after)
    {
        var counted = metrics.MinutesCounted;
        var minutes = Math.Max(counted, LeastMinutes);
        var operations = new List<OperationForecast>();
        var (safe, unknown, moved) = (0.0, 0.0, 0.0);
        foreach (var operation in capability.Operations)
        {
            var (all, anonymous) = metrics.OfOperation(operation.Id).Read();
            if (all == 0) continue;
            var (rate, nameless) = (all / minutes, anonymous / minutes);
            var isSafe = operation.Rules.Semantics == Semantics.Safe;
            if (isSafe) (safe, unknown) = (safe + rate, unknown + nameless);
            var (was, will) = (OnNew(operation, before, rate, nameless), OnNew(operation, after, rate, nameless));
            moved += will - was;
            operations.Add(new OperationForecast(operation.Id, Round(rate), Round(was), Round(will)));
        }

        var copies = Copied(after) ? (safe - InCanary(after, safe, unknown)) * capability.Rules.Shadow.Sample : 0;
        return new Forecast(Basis(counted, safe), Round(counted), Round(moved), Round(copies), operations);
    }

    private static double OnNew(OperationPlan operation, CapabilityState state, double all, double anonymous)
    {
        if (state.Stage >= Stage.NewPrimary) return all;
        return operation.MovesWithReads ? InCanary(state, all, anonymous) : 0;
    }

    private static double InCanary(CapabilityState state, double all, double anonymous)
    {
        if (state.Killed || state.Stage != Stage.ReadCanary) return 0;
        return state.Everyone ? all : (all - anonymous) * state.Share / 100;
    }

    private static bool Copied(CapabilityState state) => !state.Killed && state.Stage is Stage.Shadow or Stage.ReadCanary;

    private static string Basis(double counted, double safe)
    {
        var time = counted >= OperationTraffic.Minutes - 1
            ? "the last 60 minutes"
            : string.Create(CultureInfo.InvariantCulture, $"the last {counted:0.#} minutes, as long as this edge is up");
        return string.Create(CultureInfo.InvariantCulture, $"from {time}, {safe:#,0.#} requests/min of safe reads on this edge");
    }

    private static double Round(double value) => Math.Round(value, 1);
}
