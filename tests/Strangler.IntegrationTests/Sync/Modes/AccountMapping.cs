using Strangler.Sync.Mapping;

namespace Strangler.IntegrationTests.Sync.Modes;

/// <summary>Accounts, one to one.</summary>
internal sealed class AccountMapping : AggregateMapping<int, Account>
{
    /// <summary>The table in the source.</summary>
    public const string SourceSchema = "create table account (id integer primary key, amount integer not null, note text)";

    /// <summary>The table in the target.</summary>
    public const string TargetSchema = "create table catalog.account (id integer primary key, amount integer not null, note text)";

    private readonly TargetTable<Account> _accounts;

    /// <summary>Declares the tables.</summary>
    /// <param name="images">Whether the rows of the log are taken as they are.</param>
    public AccountMapping(bool images = false)
        : base("account", version: 1, table: "account", key: "id")
    {
        _accounts = Owned<Account>("catalog.account", aggregate: "id", key: "id");
        if (images)
        {
            TakeImages();
        }
    }

    /// <inheritdoc/>
    protected override object TargetKey(int key) => key;

    /// <inheritdoc/>
    protected override void Map(Account root, SourceRows source, TargetRows target) => target.Add(_accounts, root);
}
