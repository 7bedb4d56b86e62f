using Strangler.Core.Admin;
using Strangler.Proxy.Resilience.Breakers;

namespace Strangler.Proxy.Plans;

/// <summary>Tells the store what this edge has applied: at once after a change, else every few seconds as a sign of life.</summary>
internal sealed class EdgeReporter(ControlPlane control, BreakerBoard breakers, TimeProvider time) : EdgeLoop
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WhileOlderPlansHaveRequests = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(5);

    protected override async Task RunAsync(CancellationToken stop)
    {
        using var changed = new SemaphoreSlim(0);
        EventHandler<PlanChangedEventArgs> wake = (_, _) => changed.Release();
        control.PlanChanged += wake;
        try
        {
            while (true)
            {
                var report = control.Report with { Breakers = breakers.Report(control.Plans.Current) };
                await SayAsync(report, stop);

                // A hundred flips in a second are told ten times.
                await Task.Delay(Shortest, time, stop);
                await WaitAsync(changed, report.OnOlderPlans > 0 ? WhileOlderPlansHaveRequests : SignOfLife, stop);
                while (await changed.WaitAsync(TimeSpan.Zero, stop))
                {
                }
            }
        }
        finally
        {
            control.PlanChanged -= wake;
        }
    }

    // While the store is away nobody can be told; the follower says that it is.
    private async Task SayAsync(EdgeReport report, CancellationToken cancel)
    {
        try
        {
            await control.Store.ReportAsync(report, cancel);
        }
        catch (ControlStoreException)
        {
            await Task.Delay(WhileOlderPlansHaveRequests, time, cancel);
        }
    }

    private async Task WaitAsync(SemaphoreSlim changed, TimeSpan longest, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            await changed.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // It is time for a sign of life.
        }
    }
}
