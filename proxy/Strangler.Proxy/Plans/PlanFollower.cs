using System.Globalization;
using Strangler.Core.Audit;

namespace Strangler.Proxy.Plans;

/// <summary>Takes every new plan of the store as soon as it is there, and goes on asking while the store is away.</summary>
internal sealed class PlanFollower(ControlPlane control, LocalState local, TimeProvider time) : EdgeLoop
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    // Edges that lose the store in the same moment must not come back in the same moment.
    private readonly Random _jitter = new(int.Parse(AuditChain.Hash(local.Edge).AsSpan(0, 7), NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    protected override async Task RunAsync(CancellationToken stop)
    {
        var wait = FirstWait;
        while (true)
        {
            try
            {
                await control.TakeNewestAsync(stop);
                wait = FirstWait;
                await control.Store.WaitForNewsAsync(stop);
            }
            catch (ControlStoreException error)
            {
                control.StoreLost(error);
                await Task.Delay(wait * (0.5 + (_jitter.NextDouble() / 2)), time, stop);
                wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
            }
        }
    }
}
