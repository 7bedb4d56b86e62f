namespace Strangler.Core.Adapters;

/// <summary>What an installation would do in one store.</summary>
/// <param name="Stream">The stream to which the store belongs.</param>
/// <param name="Store">Its name in the adapters' configuration.</param>
/// <param name="Statements">Statements, in order; empty when all is in place.</param>
/// <param name="Warnings">What is dangerous, but not refused.</param>
/// <param name="Refusals">Why nothing would be done.</param>
public sealed record StorePreview(
    string Stream, string Store, IReadOnlyList<string> Statements, IReadOnlyList<string> Warnings, IReadOnlyList<string> Refusals);
