namespace Strangler.Sync.Mapping;

/// <summary>The name of a table with its schema, unquoted.</summary>
/// <param name="Schema">The schema, such as <c>public</c>.</param>
/// <param name="Name">The table.</param>
internal sealed record TableName(string Schema, string Name)
{
    /// <summary>The name as it is written in SQL.</summary>
    public string Sql => $"{Quote(Schema)}.{Quote(Name)}";

    /// <summary>Reads <c>schema.table</c>; without a schema it is <c>public</c>.</summary>
    public static TableName Parse(string text) => text.Split('.', 2) is [var schema, var name] ? new(schema, name) : new("public", text);

    /// <summary>Quotes an identifier.</summary>
    public static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Writes text as a literal.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <inheritdoc/>
    public override string ToString() => $"{Schema}.{Name}";
}
