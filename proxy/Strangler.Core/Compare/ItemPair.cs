using System.Runtime.InteropServices;

namespace Strangler.Core.Compare;

/// <summary>Two items of arrays that are compared with each other.</summary>
/// <param name="Legacy">Index in the legacy array.</param>
/// <param name="New">Index in the new array.</param>
/// <param name="Guessed">True if only their position speaks for it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ItemPair(int Legacy, int New, bool Guessed = false);
