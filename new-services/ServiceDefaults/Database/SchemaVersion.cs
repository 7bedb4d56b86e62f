using Dapper;
using Npgsql;

namespace ServiceDefaults.Database;

/// <summary>The table <c>public.schema_version</c>: which migrations a database has.</summary>
/// <param name="database">The database.</param>
/// <param name="migrations">What this version of the service needs, in order.</param>
internal sealed class SchemaVersion(NpgsqlDataSource database, IReadOnlyList<Migration> migrations)
{
    // Any constant will do, as long as every instance of the service takes the same lock.
    private const long LockKey = 5_201_093_417;

    private const string Prepare = """
        select pg_advisory_xact_lock(@LockKey);
        create table if not exists public.schema_version (
            name       text primary key,
            applied_at timestamptz not null default now()
        )
        """;

    private volatile bool _current;

    /// <summary>Whether this process has seen the schema complete.</summary>
    public bool IsCurrent => _current;

    /// <summary>
    /// Applies what is missing, each file with its row in one transaction. Instances that start together wait for each other,
    /// and the later finds nothing left to do.
    /// </summary>
    /// <returns>The names of the files that this call applied.</returns>
    public async Task<IReadOnlyList<string>> UpgradeAsync(CancellationToken cancellation)
    {
        var applied = new List<string>();
        foreach (var migration in migrations)
        {
            if (await ApplyAsync(migration, cancellation))
            {
                applied.Add(migration.Name);
            }
        }

        _current = true;
        return applied;
    }

    /// <summary>The migrations that the database lacks, in order; fails when it cannot be reached.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        try
        {
            var present = await connection.QueryAsync<string>(
                new CommandDefinition("select name from public.schema_version", cancellationToken: cancellation));
            return [.. migrations.Select(migration => migration.Name).Except(present, StringComparer.Ordinal)];
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return [.. migrations.Select(migration => migration.Name)];
        }
    }

    private async Task<bool> ApplyAsync(Migration migration, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.ExecuteAsync(Command(Prepare, new { LockKey }));

        // The row first: with it in place the file is known to be applied, and both become visible together.
        var isNew = await connection.ExecuteAsync(Command(
            "insert into public.schema_version (name) values (@Name) on conflict do nothing", new { migration.Name })) == 1;
        if (isNew)
        {
            await connection.ExecuteAsync(Command(migration.Sql));
        }

        await transaction.CommitAsync(cancellation);
        return isNew;

        CommandDefinition Command(string sql, object? parameters = null) =>
            new(sql, parameters, transaction, cancellationToken: cancellation);
    }
}
