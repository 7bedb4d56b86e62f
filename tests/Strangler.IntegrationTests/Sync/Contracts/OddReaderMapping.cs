using Strangler.Sync.Mapping;

namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>Aggregates with texts as keys, and parts.</summary>
internal sealed class OddReaderMapping : AggregateMapping<string, OddReaderMapping.Odd>
{
    /// <summary>The tables in the source.</summary>
    public const string SourceSchema = """
        create table odd (name text primary key, note text);
        create table odd_part (name text not null, pos integer not null, primary key (name, pos))
        """;

    /// <summary>Texts that quoting, splitting, folding or trimming would change.</summary>
    public static readonly string[] Names =
    [
        "", " ", "a", "A", "a ", " a", "'", "''", "\"", "\\", "\\'", "$1", "@key", ":key", "{a,b}", "{}", "null", "NULL", "a,b", "a;b", "%", "_",
        "'); drop table odd; --", "line\nline", "tab\t", "\r", "\u001f", "\u0001", "é", "e\u0301", "ß", "SS", "İ", "日本", "😀", "\u200b", "\uffff", "1", "01", "1.0",
        new string('x', 200),
    ];

    public OddReaderMapping()
        : base("odd", version: 1, table: "odd", key: "name")
    {
        Parts = Child<Part>("odd_part", routedBy: "name", "pos");
        Rows = Owned<Odd>("public.odd", aggregate: "name", key: "name");
    }

    /// <summary>The parts.</summary>
    public SourceTable<Part> Parts { get; }

    /// <summary>The target's rows; no test writes them.</summary>
    public TargetTable<Odd> Rows { get; }

    protected override object TargetKey(string key) => key;

    protected override void Map(Odd root, SourceRows source, TargetRows target) => target.Add(Rows, root);

    /// <summary>A row of <c>odd</c>.</summary>
    internal sealed record Odd(string Name, string? Note);

    /// <summary>A row of <c>odd_part</c>.</summary>
    internal sealed record Part(string Name, int Pos);
}
