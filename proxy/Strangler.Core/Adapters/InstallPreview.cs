namespace Strangler.Core.Adapters;

/// <summary>What an installation of the adapters would do, and what their mappings read and write: the answer of <c>GET /v1/preview</c>.</summary>
/// <param name="Possible">Whether an installation would run; false when something would be refused.</param>
/// <param name="Stores">The stores, sources first.</param>
/// <param name="Entities">One for each mapping.</param>
public sealed record InstallPreview(bool Possible, IReadOnlyList<StorePreview> Stores, IReadOnlyList<EntityPreview> Entities);
