using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Strangler.Sync.Installing;

namespace Microsoft.Extensions.Hosting;

/// <summary>The verbs of an adapters' program.</summary>
public static class SyncHostExtensions
{
    /// <summary>
    /// Does what the command line says: <c>preview</c> shows what an installation would do, <c>install</c> does it, <c>run</c> follows the sources
    /// and serves the API until it is stopped. Everything after the verb is configuration, such as <c>--urls http://127.0.0.1:5300</c>.
    /// </summary>
    /// <param name="app">The built application.</param>
    /// <param name="args">The arguments of the program.</param>
    /// <returns>The exit code: 0, 1 when something was refused or failed, 2 when the verb is none.</returns>
    public static async Task<int> RunSyncAsync(this WebApplication app, string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        switch (args.FirstOrDefault())
        {
            case "preview":
                return await app.PreviewSyncAsync(Console.Out);
            case "install":
                return await app.InstallSyncAsync(Console.Out);
            case "run":
                return await ServeAsync(app);
            default:
                await Console.Error.WriteLineAsync($"usage: {app.Environment.ApplicationName} preview | install | run [--urls http://127.0.0.1:5300]");
                return 2;
        }
    }

    /// <summary>
    /// Shows what <see cref="InstallSyncAsync"/> would do, store by store, and what the mappings read and write. Touches nothing. Looks as a store's
    /// owner when its connection string is there, else as the adapters themselves.
    /// </summary>
    /// <param name="host">The built application; it need not be started.</param>
    /// <param name="output">Takes the preview, at 80 columns.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>0 when an installation would succeed, 1 when it would be refused or a store is away.</returns>
    public static Task<int> PreviewSyncAsync(this IHost host, TextWriter output, CancellationToken cancellation = default) =>
        host.Services.GetRequiredService<Previewer>().RunAsync(output, cancellation);

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

    private static async Task<int> ServeAsync(WebApplication app)
    {
        try
        {
            app.MapSyncStatus();
        }
        catch (Exception e) when (e is InvalidOperationException or OptionsValidationException)
        {
            // What is wrong is the configuration, not the program.
            await Console.Error.WriteLineAsync($"failed: {e.Message}");
            return 1;
        }

        await app.RunAsync();
        return 0;
    }
}
