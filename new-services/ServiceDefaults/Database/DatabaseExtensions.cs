using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ServiceDefaults.Database;

/// <summary>A service's own PostgreSQL database.</summary>
public static class DatabaseExtensions
{
    /// <summary>No request waits longer than this many seconds for a connection.</summary>
    public const int MaxConnectSeconds = 3;

    /// <summary>
    /// Adds an <see cref="NpgsqlDataSource"/> for the connection string of that name, applies the migrations embedded in
    /// <paramref name="migrations"/> at start, makes <c>/readyz</c> ask for both, and answers 503 while the database is away.
    /// </summary>
    /// <param name="builder">The application to be.</param>
    /// <param name="name">The name under <c>ConnectionStrings</c>.</param>
    /// <param name="migrations">Holds the SQL files under the logical names <c>migrations/FILE.sql</c>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The connection string is not configured.</exception>
    public static WebApplicationBuilder AddDatabase(this WebApplicationBuilder builder, string name, Assembly migrations)
    {
        var text = builder.Configuration.GetConnectionString(name)
            ?? throw new InvalidOperationException($"ConnectionStrings:{name} is not configured.");
        var connection = new NpgsqlConnectionStringBuilder(text);
        connection.Timeout = Math.Min(connection.Timeout, MaxConnectSeconds);

        // Without a name of its own the data source would show the connection string in metrics.
        var source = new NpgsqlDataSourceBuilder(connection.ConnectionString) { Name = name };
        builder.Services.AddSingleton(_ => source.Build());
        builder.Services.AddSingleton(services => new SchemaVersion(
            services.GetRequiredService<NpgsqlDataSource>(), Migration.In(migrations)));
        builder.Services.AddHostedService<MigrationService>();
        builder.Services.AddSingleton<DatabaseCheck>();
        builder.Services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database", timeout: TimeSpan.FromSeconds(MaxConnectSeconds));
        builder.Services.AddExceptionHandler<DatabaseUnavailableHandler>();
        return builder;
    }
}
