namespace Catalog.Defects;

/// <summary>
/// Section <c>Defects</c>: faults that the service makes on purpose when a setting says so, for drills in which somebody has to
/// find them. All are off by default, and a change takes effect with the next request.
/// </summary>
internal sealed class DefectOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Defects";

    /// <summary><c>priceWithTax</c> is rounded half up; right is to cut it off.</summary>
    public bool WrongValue { get; set; }

    /// <summary>A product of unknown weight lacks <c>weightGrams</c>; right is <c>null</c>.</summary>
    public bool MissingField { get; set; }

    /// <summary>A discontinued product is answered with 404; right is 410.</summary>
    public bool WrongStatus { get; set; }

    /// <summary>The list is sorted by price; right is by name.</summary>
    public bool WrongOrder { get; set; }
}
