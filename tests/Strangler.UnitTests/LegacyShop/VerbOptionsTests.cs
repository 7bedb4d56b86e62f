using LegacyShop;
using Shouldly;
using Xunit;

namespace Strangler.UnitTests.LegacyShop;

public sealed class VerbOptionsTests
{
    [Theory]
    [InlineData("--seed", "7")]
    [InlineData("--seed=7")]
    [InlineData("--ConnectionStrings:Shop", "Host=a", "--seed", "7")]
    public void Parse_KnownOption_GivesItsValue(params string[] args) =>
        VerbOptions.Parse(args, "seed").Int("seed", fallback: 1).ShouldBe(7);

    [Fact]
    public void Parse_NoOption_GivesTheFallback() => VerbOptions.Parse([], "seed").Int("seed", fallback: 1).ShouldBe(1);

    [Theory]
    [InlineData("Unknown option '--sead'.", "--sead", "7")]
    [InlineData("Unknown option 'seed'.", "seed", "7")]
    [InlineData("Option '--seed' needs a value.", "--seed")]
    public void Parse_BadOption_IsRefused(string message, params string[] args) =>
        Should.Throw<UsageException>(() => VerbOptions.Parse(args, "seed")).Message.ShouldBe(message);

    [Fact]
    public void Int_NotANumber_IsRefused() =>
        Should.Throw<UsageException>(() => VerbOptions.Parse(["--seed", "x"], "seed").Int("seed", 1))
            .Message.ShouldBe("--seed must be a whole number, not 'x'.");

    [Theory]
    [InlineData("0")]
    [InlineData("101")]
    [InlineData("NaN")]
    public void Number_OutOfRange_IsRefused(string value) =>
        Should.Throw<UsageException>(() => VerbOptions.Parse(["--scale", value], "scale").Number("scale", 1, 0.01, 100))
            .Message.ShouldBe($"--scale must be a number from 0.01 to 100, not '{value}'.");
}
