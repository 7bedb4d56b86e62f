namespace Strangler.Core.Adapters;

/// <summary>What an installation would do: the answer of <c>GET /v1/preview</c>.</summary>
/// <param name="Stores">One for each store, in the order of the installation.</param>
public sealed record InstallPreview(IReadOnlyList<StorePreview> Stores);
