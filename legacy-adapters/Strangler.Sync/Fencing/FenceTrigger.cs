using System.Text;
using Strangler.Sync.Mapping;

namespace Strangler.Sync.Fencing;

/// <summary>The two triggers of a capability's fence, of which every fenced table has both. They bear its name, as capabilities can share a table.</summary>
/// <param name="Capability">The capability.</param>
/// <param name="Role">The role of the adapters, whose writes go on.</param>
internal sealed record FenceTrigger(string Capability, string Role)
{
    /// <summary>The most bytes of a capability's name: a trigger's name has 63.</summary>
    public const int LongestCapability = 63 - 21;

    /// <summary>Refuses whatever touches a row, also through a foreign key, a trigger, or the table of which this one is a part.</summary>
    public string Row => $"strangler_fence_row_{Capability}";

    /// <summary>Refuses a statement before it has done anything, and TRUNCATE, which fires no row trigger.</summary>
    public string Statement => $"strangler_fence_stmt_{Capability}";

    /// <summary>Whether the capability's name is short enough.</summary>
    public bool Fits => Encoding.UTF8.GetByteCount(Capability) <= LongestCapability;

    /// <summary>Puts the lowered fence on tables in one transaction, however it is run: a trigger is made switched on, and nobody may ever see it so.</summary>
    /// <param name="rows">The tables that need the row trigger; partitions have it from their table.</param>
    /// <param name="statements">The tables that need the statement trigger.</param>
    public string Create(IEnumerable<TableName> rows, IEnumerable<TableName> statements) => Do(
    [
        .. rows.SelectMany(table => Create(Row, $"after insert or update or delete on {table.Sql} for each row", table)),
        .. statements.SelectMany(table => Create(Statement, $"before insert or update or delete or truncate on {table.Sql} for each statement", table)),
    ]);

    /// <summary>Takes triggers off tables that are no longer the capability's.</summary>
    public string Drop(IEnumerable<(TableName Table, string Trigger)> strays) =>
        Do(strays.Select(stray => $"drop trigger {TableName.Quote(stray.Trigger)} on {stray.Table.Sql};"));

    /// <summary>Says which tables are fenced, so that one that has lost its triggers is missed.</summary>
    public string Register(IEnumerable<TableName> tables) =>
        $"insert into {FenceSchema.Table} (capability, tables) values ({TableName.Literal(Capability)}, array[{string.Join(", ", tables.Select(table => TableName.Literal(table.Sql)))}]) "
        + "on conflict (capability) do update set tables = excluded.tables";

    private string[] Create(string name, string rest, TableName table) =>
    [
        $"create or replace trigger {TableName.Quote(name)} {rest} execute function strangler.refuse_write({TableName.Literal(Capability)}, {TableName.Literal(Role)});",
        // With its partitions, which have got the trigger too.
        $"alter table {table.Sql} disable trigger {TableName.Quote(name)};",
    ];

    private string Do(IEnumerable<string> lines) => $"""
        do $strangler$
        begin
            perform set_config('lock_timeout', '500ms', true);
            perform from {FenceSchema.Table} where capability = {TableName.Literal(Capability)} and raised for share;
            if found then
                raise exception using message = {TableName.Literal($"The fence of {Capability} is raised: lower it, then install again.")};
            end if;
            {string.Join("\n    ", lines)}
        end
        $strangler$
        """;
}
