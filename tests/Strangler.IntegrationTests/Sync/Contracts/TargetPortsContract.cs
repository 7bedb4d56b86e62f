using Strangler.Sync.Applying;
using Strangler.Sync.Reading;
using Strangler.Sync.Streams;
// An alias, as only one of the projects that compile this has the namespace everywhere.
using TestContext = Xunit.TestContext;

namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>A target, of which the tests know no more than its two ports. It is used by tests with and without a database.</summary>
public abstract class TargetPortsContract
{
    private protected static readonly SourceIdentity Source = new("7001", 1);

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected static WriterMapping Mapping => WriterMapping.Current;

    /// <summary>The ports as one more process has them.</summary>
    private protected abstract TargetPorts Open();

    /// <summary>A stream that begins at position 100, taken over.</summary>
    private protected async Task<(TargetPorts Ports, StreamPosition At)> BeginAsync(int lanes = 2)
    {
        var ports = Open();
        await ports.Ledger.BeginAsync(Source, "slot", new Lsn(100), Cancellation);
        return (ports, await ports.Ledger.TakeOverAsync(lanes, Cancellation));
    }

    /// <summary>Where the stream stands.</summary>
    private protected async Task<StreamPosition> PositionAsync() => (await Open().Ledger.PositionAsync(Cancellation))!;

    /// <summary>All keys that the target has, page by page.</summary>
    private protected async Task<List<string>> KeysAsync(int page = 100)
    {
        var ledger = Open().Ledger;
        var all = new List<string>();
        while (true)
        {
            var keys = await ledger.KeysAsync(Mapping, all.LastOrDefault(), page, Cancellation);
            all.AddRange(keys);
            if (keys.Count < page)
            {
                return all;
            }
        }
    }
}
