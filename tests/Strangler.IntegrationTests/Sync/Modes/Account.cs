namespace Strangler.IntegrationTests.Sync.Modes;

/// <summary>A row of <c>account</c>, the same on both sides.</summary>
internal sealed record Account(int Id, int Amount, string? Note);
