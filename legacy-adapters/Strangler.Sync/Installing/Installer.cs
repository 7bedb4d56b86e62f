using Dapper;
using Npgsql;

namespace Strangler.Sync.Installing;

/// <summary>Makes what is missing in all stores. Nothing is touched when anything is refused.</summary>
internal sealed class Installer(InstallPlanner planner)
{
    /// <summary>Runs it; each statement is written to the output before it runs.</summary>
    /// <returns>0 when all is in place, 1 when something was refused or failed.</returns>
    public async Task<int> RunAsync(TextWriter output, CancellationToken cancellation)
    {
        try
        {
            var plans = await planner.PlanAsync(asOwner: true, cancellation);
            foreach (var warning in plans.SelectMany(store => store.Plan.Warnings))
            {
                await output.WriteLineAsync($"warning: {warning}");
            }

            var refusals = plans.SelectMany(store => store.Plan.Refusals).ToList();
            foreach (var refusal in refusals)
            {
                await output.WriteLineAsync($"refused: {refusal}");
            }

            if (refusals.Count > 0)
            {
                return 1;
            }

            foreach (var store in plans)
            {
                await RunAsync(store, output, cancellation);
            }

            return 0;
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            await output.WriteLineAsync($"failed: {e.Message}");
            return 1;
        }
    }

    private static async Task RunAsync(StorePlan store, TextWriter output, CancellationToken cancellation)
    {
        if (store.Plan.Statements.Count == 0)
        {
            await output.WriteLineAsync($"{store.Store}: everything is in place");
            return;
        }

        await using var connection = new NpgsqlConnection(StoreConnection.Install(store.ConnectionString));
        await connection.OpenAsync(cancellation);
        foreach (var statement in store.Plan.Statements)
        {
            cancellation.ThrowIfCancellationRequested();
            await output.WriteLineAsync($"{store.Store}: {statement}");
            await connection.ExecuteAsync(statement);
        }
    }
}
