using Shouldly;
using Strangler.Sync.Mapping;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class MappingCheckTests
{
    [Theory]
    [InlineData(nameof(BadMapping.Fault.Changing), "maps the same rows differently the second time")]
    [InlineData(nameof(BadMapping.Fault.OrderOfRows), "depends on the order of the rows")]
    [InlineData(nameof(BadMapping.Fault.DuplicateKey), "gives public.target two rows with one key")]
    [InlineData(nameof(BadMapping.Fault.OtherKey), "gives TargetRow.Id another value than TargetKey")]
    [InlineData(nameof(BadMapping.Fault.SharedKey), "has one TargetKey for two aggregates")]
    [InlineData(nameof(BadMapping.Fault.ChangingKey), "has a TargetKey that differs the second time")]
    [InlineData(nameof(BadMapping.Fault.ForbiddenNull), "leaves TargetRow.Text null")]
    [InlineData(nameof(BadMapping.Fault.HalfACharacter), "gives TargetRow.Text a text with U+0000 or half a character")]
    [InlineData(nameof(BadMapping.Fault.Throws), "throws InvalidOperationException")]
    [InlineData(nameof(BadMapping.Fault.RefusesAll), "maps none of 200 aggregates")]
    [InlineData(nameof(BadMapping.Fault.Nothing), "maps none of 200 aggregates")]
    public void Run_MappingWithAFault_SaysIt(string fault, string violation) =>
        Run(fault).Violations.ShouldContain(line => line.Contains(violation, StringComparison.Ordinal));

    [Fact]
    public void Run_SoundMapping_NothingToSay()
    {
        var report = Run(nameof(BadMapping.Fault.None));

        report.Violations.ShouldBeEmpty();
        (report.Aggregates, report.Mapped, report.Refused).ShouldBe((200, 200, 0));
    }

    [Fact]
    public void Run_RefusedValues_AreCountedAndAllowed() => Run(nameof(BadMapping.Fault.RefusesAll)).Refused.ShouldBe(200);

    [Fact]
    public void Run_SameSeed_SameReport() =>
        Run(nameof(BadMapping.Fault.DuplicateKey)).Violations.ShouldBe(Run(nameof(BadMapping.Fault.DuplicateKey)).Violations);

    private static MappingReport Run(string fault) =>
        MappingCheck.Run(new BadMapping(Enum.Parse<BadMapping.Fault>(fault)), seed: 7, words: ["Y"], aggregates: 200);
}
