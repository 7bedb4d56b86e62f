namespace Strangler.IntegrationTests.Sync;

/// <summary>A row as a class instead of a record.</summary>
public sealed class PlainRow
{
    public int Id { get; set; }

    public string? Name { get; init; }
}
