namespace Strangler.IntegrationTests.Sync;

/// <summary>A folder for one test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    /// <summary>Its path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("strangler-sync-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
