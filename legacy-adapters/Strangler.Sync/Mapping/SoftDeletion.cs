namespace Strangler.Sync.Mapping;

/// <summary>What marks a row as deleted.</summary>
/// <param name="Column">The column.</param>
/// <param name="Value">Its value then, as text.</param>
internal sealed record SoftDeletion(Column Column, string Value);
