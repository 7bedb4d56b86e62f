using System.Runtime.InteropServices;

namespace Strangler.Core.Evidence;

/// <summary>The unit of evidence: a place in the answers of one operation, and the way in which it can differ.</summary>
/// <param name="Operation">Id of the operation.</param>
/// <param name="Path">Path template, such as <c>$.items[*].price</c>.</param>
/// <param name="Kind">Kind of difference, by its name in rules and records.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EvidenceField(string Operation, string Path, string Kind)
{
    /// <summary>For people: <c>number at $.price of GET /api/products/{sku}</c>.</summary>
    public override string ToString() => $"{Kind} at {Path} of {Operation}";
}
