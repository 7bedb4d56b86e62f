using System.Globalization;
using Strangler.Proxy.Plans;

namespace Strangler.IntegrationTests.ControlStore;

/// <summary>The contract, kept by the store in a folder.</summary>
public sealed class FileStoreTests : ControlStoreContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("store-").FullName;

    private protected override Task<IControlStore> MakeAsync() => Task.FromResult(Reopen());

    private protected override IControlStore Reopen() => new FileControlStore(_folder);

    private protected override async Task FillAsync(long upTo)
    {
        for (var plan = 1L; plan < upTo; plan++)
        {
            var path = Path.Combine(_folder, "plans", plan.ToString(CultureInfo.InvariantCulture) + ".plan");
            if (!File.Exists(path)) await File.WriteAllTextAsync(path, "filler", Cancel);
        }
    }

    private protected override ValueTask CleanAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
