using Shouldly;
using Strangler.Core.Model;
using Strangler.Proxy.Resilience.Stale;
using Xunit;

namespace Strangler.UnitTests.Resilience;

public sealed class StaleAnswersTests
{
    private const int Kilobyte = 1024;
    private static readonly StaleOptions Options = new() { MemoryLimit = 9 * Kilobyte, VariantLimit = 2 };

    [Fact]
    public void Put_MoreThanTheLimit_WhatWasRefreshedLongestAgoGoes()
    {
        var answers = new StaleAnswers(Options);
        for (var i = 0; i < 4; i++) answers.Put(Key(i), Answer(Kilobyte));
        answers.Put(Key(0), Answer(Kilobyte));

        answers.Put(Key(4), Answer(Kilobyte));

        Enumerable.Range(0, 5).Select(i => answers.Find(Key(i)).Length).ShouldBe([1, 0, 1, 1, 1]);
        answers.Bytes.ShouldBeLessThanOrEqualTo(Options.MemoryLimit);
    }

    [Fact]
    public void Put_LongAddressesOfShortAnswers_CountToo()
    {
        var answers = new StaleAnswers(Options);

        for (var i = 0; i < 4; i++) answers.Put(Key(i) with { Path = new string('x', 2 * Kilobyte) }, Answer(1));

        Enumerable.Range(0, 4).Sum(i => answers.Find(Key(i) with { Path = new string('x', 2 * Kilobyte) }).Length).ShouldBe(1);
        answers.Bytes.ShouldBeLessThanOrEqualTo(Options.MemoryLimit);
    }

    [Fact]
    public void Put_SameVariantAgain_TakesItsPlaceAndOldestVariantsGo()
    {
        var answers = new StaleAnswers(Options);
        foreach (var language in (string[])["de", "fr", "de", "it"]) answers.Put(Key(0), Answer(1, language));

        answers.Find(Key(0)).Select(answer => answer.Varies[0].Value.ToString()).ShouldBe(["it", "de"]);
    }

    [Fact]
    public void Put_LargerThanAllRoom_KeepsNothing()
    {
        var answers = new StaleAnswers(Options);

        answers.Put(Key(0), Answer(9 * Kilobyte));

        (answers.Find(Key(0)).Length, answers.Bytes).ShouldBe((0, 0));
    }

    [Fact]
    public void Find_Allocates_Nothing()
    {
        var answers = new StaleAnswers(Options);
        answers.Put(Key(0), Answer(1));
        var (known, unknown) = (Key(0), Key(1));

        Allocations.PerCall(() => { answers.Find(known); answers.Find(unknown); }).ShouldBe(0);
    }

    private static StaleKey Key(int i) => new(Side.New, "shop", "/products", $"?{i}");

    private static StaleAnswer Answer(int size, string language = "") => new(default, default, [], [new("Accept-Language", language)], new byte[size]);
}
