using System.Diagnostics.CodeAnalysis;
using Strangler.Core.Evidence;

namespace Strangler.UnitTests.Evidence;

/// <summary>
/// One field over 10,000 requests asked three times, looked at every 50 from the 100th: the first look of the reference's table is not said, and only with
/// this one are its median of 100 and the shares of Diffy's rule met (5 % of noise would be shown in half of the runs with a look at the 50th, not in a third).
/// Legacy disagrees with itself with probability q; the new side disagrees like it and, apart from that, is wrong with probability r.
/// </summary>
/// <param name="DiffyAtEnd">Diffy's rule shows the field after the last request.</param>
/// <param name="DiffyEver">It showed it at some look.</param>
/// <param name="AlarmAt">The request after which the e-value had reached 100; null when it never did.</param>
internal sealed record SimulatedField(bool DiffyAtEnd, bool DiffyEver, int? AlarmAt)
{
    private const int Requests = 10_000;
    private const int FirstLook = 100;
    private const int LookEvery = 50;
    private static readonly double Limit = Math.Log(100);

    [SuppressMessage("Security", "CA5394", Justification = "Seeded on purpose.")]
    public static SimulatedField Run(Random random, double q, double r)
    {
        // One draw decides both: where it falls says which of the two differ.
        var onNew = 1 - ((1 - q) * (1 - r));
        var (both, newOnly) = (onNew * q, onNew);
        var legacyOnly = newOnly + (q * (1 - onNew));
        var counts = default(PairedCounts);
        var (shown, ever, alarm) = (false, false, default(int?));
        for (var request = 1; request <= Requests; request++)
        {
            var draw = random.NextDouble();
            counts = counts.Add(newDiffers: draw < newOnly, legacyDiffers: draw < both || (draw >= newOnly && draw < legacyOnly));
            if (request < FirstLook || request % LookEvery != 0) continue;
            shown = DiffyRule.Shows(counts.NewOnly + counts.Both, counts.LegacyDiffers, counts.Triples);
            ever |= shown;
            if (alarm is null && PairedEvidence.Log(counts.NewOnly, counts.LegacyOnly) >= Limit) alarm = request;
        }

        return new(shown, ever, alarm);
    }
}
