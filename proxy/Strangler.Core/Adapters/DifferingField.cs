namespace Strangler.Core.Adapters;

/// <summary>A field that differs.</summary>
/// <param name="Name">Table and column in the target, or table and <c>(row missing)</c> or <c>(row too much)</c>.</param>
/// <param name="Owner">The side whose value counts: <c>legacy</c> or <c>new</c>.</param>
public sealed record DifferingField(string Name, string Owner);
