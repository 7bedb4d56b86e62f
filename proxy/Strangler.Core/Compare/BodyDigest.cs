using System.Runtime.InteropServices;

namespace Strangler.Core.Compare;

/// <summary>What is known of a body that is larger than the capture limit: enough to tell whether two are the same, not where they differ.</summary>
/// <param name="Length">Its length in bytes, as sent.</param>
/// <param name="Hash">XxHash128 of all its bytes, as sent.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BodyDigest(long Length, UInt128 Hash);
