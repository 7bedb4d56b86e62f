namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>A row of <see cref="WriterMapping"/>, the same on both sides.</summary>
internal sealed record WriterRow(string Name, int Amount);
