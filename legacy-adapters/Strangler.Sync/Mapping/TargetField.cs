namespace Strangler.Sync.Mapping;

/// <summary>A column that a mapping writes.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Column">Its name.</param>
/// <param name="Owner">The capability that owns it; null when it is the one that has the mapping.</param>
internal sealed record TargetField(TableName Table, string Column, string? Owner);
