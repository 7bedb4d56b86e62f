namespace Strangler.Core.Adapters;

/// <summary>A kind of aggregate that stands still while the rest flows; its keys are collected.</summary>
/// <param name="Entity">The kind of aggregate.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record PausedEntity(string Entity, string Reason);
