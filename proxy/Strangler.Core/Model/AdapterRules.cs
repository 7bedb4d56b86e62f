namespace Strangler.Core.Model;

/// <summary>Where the adapters can be asked how far they are.</summary>
/// <param name="Status">Base address of the adapters' status API.</param>
public sealed record AdapterRules(Uri Status);
