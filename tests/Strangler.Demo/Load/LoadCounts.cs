namespace Strangler.Demo.Load;

/// <summary>What shoppers have seen so far.</summary>
/// <param name="Requests">Requests sent and over.</param>
/// <param name="Failed">Without an answer, or answered with 5xx.</param>
/// <param name="Cut">Whose answer had begun and then broke off.</param>
/// <param name="Orders">Orders placed.</param>
internal sealed record LoadCounts(long Requests, long Failed, long Cut, long Orders)
{
    /// <summary>What was seen since an earlier count.</summary>
    public static LoadCounts operator -(LoadCounts later, LoadCounts earlier) => new(
        later.Requests - earlier.Requests, later.Failed - earlier.Failed, later.Cut - earlier.Cut, later.Orders - earlier.Orders);
}
