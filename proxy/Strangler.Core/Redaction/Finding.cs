using System.Runtime.InteropServices;

namespace Strangler.Core.Redaction;

/// <summary>A place in a text that is personal.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How many characters it has.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Finding(PersonalKind Kind, int Start, int Length)
{
    internal int End => Start + Length;
}
