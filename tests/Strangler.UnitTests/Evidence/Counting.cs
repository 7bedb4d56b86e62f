using FsCheck;
using FsCheck.Fluent;

namespace Strangler.UnitTests.Evidence;

/// <summary>Counts for properties: each order of magnitude as often as any other, as a shop has fields seen ten times and ten million times.</summary>
internal static class Counting
{
    /// <summary>A count from 0 to 10^<paramref name="digits"/>.</summary>
    public static Gen<long> UpTo(int digits) =>
        from order in Gen.Choose(0, digits)
        from count in Gen.Choose(0, (int)Math.Pow(10, order))
        select (long)count;
}
