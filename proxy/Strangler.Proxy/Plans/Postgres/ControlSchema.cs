using System.Text;
using Npgsql;

namespace Strangler.Proxy.Plans.Postgres;

/// <summary>The schema <c>strangler</c> that <see cref="PostgresControlStore"/> works in. The owner of a database makes it, never an edge.</summary>
public static class ControlSchema
{
    /// <summary>The role that edges log in with when no other is named.</summary>
    public const string DefaultRole = "strangler_edge";

    private const string RolePlace = "{edge}";

    /// <summary>The SQL that makes the schema and gives an existing role just the rights that an edge needs.</summary>
    /// <param name="edgeRole">The role that the edges log in with.</param>
    public static string Sql(string edgeRole = DefaultRole)
    {
        using var stream = typeof(ControlSchema).Assembly.GetManifestResourceStream("control-schema.sql")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var role = "\"" + edgeRole.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
        return $"BEGIN;\n{reader.ReadToEnd().Replace(RolePlace, role, StringComparison.Ordinal)}COMMIT;\n";
    }

    /// <summary>Makes the schema, or brings the rights in order when it is there.</summary>
    /// <param name="ownerConnectionString">The owner of the database, or whoever may create a schema in it.</param>
    /// <param name="edgeRole">The role that the edges log in with; it must exist.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="NpgsqlException">The database is away or refuses.</exception>
    public static async Task InstallAsync(string ownerConnectionString, string edgeRole = DefaultRole, CancellationToken cancel = default)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ownerConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(Sql(edgeRole), connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
