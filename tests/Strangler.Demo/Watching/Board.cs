using Strangler.Core.Admin;
using Strangler.Demo.Load;

namespace Strangler.Demo.Watching;

/// <summary>What is shown at one moment.</summary>
/// <param name="Elapsed">Since the shop opened.</param>
/// <param name="Rows">One per capability.</param>
/// <param name="Shoppers">What the shoppers see, as a sentence.</param>
internal sealed record Board(TimeSpan Elapsed, IReadOnlyList<BoardRow> Rows, string Shoppers)
{
    /// <summary>Puts together what the edge and the shoppers say.</summary>
    public static Board From(TimeSpan elapsed, CapabilitiesAnswer edge, LoadCounts load, double perSecond) => new(
        elapsed,
        [.. edge.Capabilities.Select(BoardRow.From)],
        $"{ShopperCrowd.Size} shoppers, {perSecond:0} requests/s, {load.Orders} orders, "
            + $"{load.Failed} failed, {load.Cut} cut off");

    /// <summary>The elapsed time as minutes and seconds.</summary>
    public string Clock => $"{(int)Elapsed.TotalMinutes}:{Elapsed.Seconds:00}";
}
