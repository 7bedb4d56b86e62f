using Microsoft.Extensions.DependencyInjection;
using Strangler.Sync.Installing;

namespace Microsoft.Extensions.Hosting;

/// <summary>The verbs of an adapters' program.</summary>
public static class SyncHostExtensions
{
    /// <summary>
    /// Checks both stores of every stream and, when nothing speaks against it, makes what is missing: replica identities, publication and
    /// grants in the source, the schema <c>sync</c> and grants in the target. Writes each statement before it runs it. Can be run again.
    /// </summary>
    /// <param name="host">The built application; it need not be started.</param>
    /// <param name="output">Takes statements, warnings and refusals.</param>
    /// <param name="cancellation">Ends it between two statements.</param>
    /// <returns>0 when all is in place, 1 when something was refused or failed.</returns>
    public static Task<int> InstallSyncAsync(this IHost host, TextWriter output, CancellationToken cancellation = default) =>
        host.Services.GetRequiredService<Installer>().RunAsync(output, cancellation);
}
