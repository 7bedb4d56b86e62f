using System.Text.Json.Serialization;

namespace Catalog.Products;

/// <summary>Why there is no product in the answer.</summary>
/// <param name="Error">The reason, for people.</param>
internal sealed record ErrorAnswer(string Error)
{
    /// <summary>The SKU asked for; left out where no single product was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sku { get; init; }
}
