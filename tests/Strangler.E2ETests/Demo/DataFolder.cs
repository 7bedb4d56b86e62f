namespace Strangler.E2ETests.Demo;

/// <summary>A data folder for one test, under /tmp because the account "postgres" must reach it.</summary>
internal sealed class DataFolder : IDisposable
{
    /// <summary>Its path.</summary>
    public string Path { get; } = Directory.CreateDirectory(
        $"/tmp/strangler-e2e-{Guid.NewGuid():N}"[..32],
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
