using Shouldly;
using Strangler.Sync.Installing;
using Strangler.Sync.Mapping;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class SourcePlannerTests
{
    private static readonly TableName Stock = new("public", "stock");

    private static readonly SourceTableFacts StockFacts = new(
        Stock, 'r', ["prod_id", "wh", "qty"], Identity: [], [new IndexFacts("stock_prod_wh", ["prod_id", "wh"])], Published: false, Readable: false);

    private static readonly SourceFacts Facts = new(
        "logical", "512MB", "reader", ReaderExists: true, ReaderReplicates: true, "strangler", PublicationExists: false, PublishesAll: false,
        Strays: [], Schemas: [], [StockFacts]);

    [Fact]
    public void Plan_TableWithoutKeyButUniqueIndex_IdentityComesBeforePublication() => Plan(Facts).Statements.ShouldBe(
    [
        "alter table only \"public\".\"stock\" replica identity using index \"stock_prod_wh\"",
        "create publication \"strangler\" for table \"public\".\"stock\"",
        "grant select on \"public\".\"stock\" to \"reader\"",
    ]);

    [Fact]
    public void Plan_IdentityHasTheColumn_IsLeftAlone() =>
        Plan(With(StockFacts with { Identity = ["prod_id"] })).Statements.ShouldNotContain(statement => statement.StartsWith("alter table", StringComparison.Ordinal));

    [Fact]
    public void Plan_IndexWithoutTheColumn_Refuses()
    {
        var plan = Plan(With(StockFacts with { Candidates = [new IndexFacts("by_wh", ["wh"])] }));
        plan.Statements.ShouldBeEmpty();
        plan.Refusals.Single().ShouldStartWith("public.stock has no replica identity that contains prod_id");
    }

    [Fact]
    public void Plan_PublicationOfOthers_IsBroughtToTheMappedTables() => Plan(Facts with
    {
        PublicationExists = true,
        Strays = ["\"public\".\"orders\""],
        Tables = [StockFacts with { Published = true, Readable = true, Identity = ["prod_id", "wh"] }],
    }).Statements.ShouldBe(["alter publication \"strangler\" drop table \"public\".\"orders\""]);

    [Theory]
    [InlineData("replica", true, true, 'r', "wal_level is replica")]
    [InlineData("logical", false, false, 'r', "There is no role reader")]
    [InlineData("logical", true, false, 'r', "may not replicate")]
    [InlineData("logical", true, true, 'p', "is not a plain table")]
    [InlineData("logical", true, true, null, "There is no table public.stock")]
    public void Plan_WhatCannotWork_IsRefused(string walLevel, bool exists, bool replicates, char? kind, string reason)
    {
        var plan = Plan(With(StockFacts with { Kind = kind }) with { WalLevel = walLevel, ReaderExists = exists, ReaderReplicates = replicates });
        plan.Statements.ShouldBeEmpty();
        plan.Refusals.Single().ShouldContain(reason);
    }

    [Fact]
    public void Plan_KeyThatCanBeWrittenInTwoWays_IsRefused()
    {
        var plan = Plan(With(StockFacts with { LooseTypes = new Dictionary<string, string> { ["prod_id"] = "character(6)", ["wh"] = "citext" } }));
        plan.Statements.ShouldBeEmpty();
        plan.Refusals.Single().ShouldStartWith("public.stock.prod_id is character(6), a type in which equal keys can be written in different ways");
    }

    [Fact]
    public void Plan_LogKeptWithoutLimit_Warns() => Plan(Facts with { KeepSize = "-1" }).Warnings.Single().ShouldContain("max_slot_wal_keep_size");

    private static SourceFacts With(SourceTableFacts table) => Facts with { Tables = [table] };

    private static InstallPlan Plan(SourceFacts facts) =>
        SourcePlanner.Plan(facts, new Dictionary<TableName, IReadOnlyCollection<string>> { [Stock] = ["prod_id"] });
}
