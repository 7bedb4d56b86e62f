namespace Strangler.Benchmarks.Comparing;

/// <summary>A row of six columns.</summary>
public sealed record ItemRow(int Id, string Sku, string Name, decimal Price, int Qty, DateTime Updated);
