namespace Strangler.Core.Adapters;

/// <summary>A column that a mapping writes.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Column">Its name.</param>
/// <param name="Owner">The capability that owns it.</param>
public sealed record FieldPreview(string Table, string Column, string Owner);
