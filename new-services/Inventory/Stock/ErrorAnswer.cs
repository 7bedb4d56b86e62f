namespace Inventory.Stock;

/// <summary>Why there is no stock in the answer.</summary>
/// <param name="Error">The reason, for people.</param>
/// <param name="Sku">The SKU asked for.</param>
internal sealed record ErrorAnswer(string Error, string Sku);
