namespace Strangler.Proxy.Plans;

/// <summary>A plan of the store that this edge does not use.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Why">Why not.</param>
/// <param name="IsReadable">False when it is no plan at all, so that the next change may go over it.</param>
internal sealed record RefusedPlan(long Number, string Why, bool IsReadable)
{
    public string Sentence => $"plan {Number} cannot be used: {Why}";
}
