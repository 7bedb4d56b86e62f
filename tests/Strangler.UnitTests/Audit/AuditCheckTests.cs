using FsCheck.Fluent;
using Shouldly;
using Strangler.Core.Audit;
using Xunit;
using FsCheck;

namespace Strangler.UnitTests.Audit;

public sealed class AuditCheckTests
{
    private const int Count = 8;

    [Fact]
    public void Verify_OwnLines_IsIntactAndSaysTheHead()
    {
        var lines = Chain(Count);

        var verdict = AuditCheck.Verify(lines, AuditChain.Hash(lines[3]));

        (verdict.Lines, verdict.Head, verdict.IsIntact, verdict.Findings.Count).ShouldBe((Count, AuditChain.Hash(lines[^1]), true, 0));
        AuditCheck.Verify([]).IsIntact.ShouldBeTrue();
    }

    [Fact]
    public void Verify_AnyCharacterChanged_IsFound() => Prop.ForAll(
        (from line in Gen.Choose(0, Count - 1)
         from place in Gen.Choose(0, 10_000)
         from letter in Gen.Choose(32, 126)
         select (line, place, (char)letter)).ToArbitrary(),
        change =>
        {
            var lines = Chain(Count);
            var head = AuditChain.Hash(lines[^1]);
            var (line, place, letter) = change;
            var text = lines[line].ToCharArray();
            if (text[place % text.Length] == letter) return true;
            text[place % text.Length] = letter;
            lines[line] = new string(text);
            return !AuditCheck.Verify(lines, head).IsIntact;
        }).Check(Seeded.Config);

    [Fact]
    public void Verify_AnyLineCutShort_IsFound() => Prop.ForAll(
        Gen.Choose(0, Count - 1).SelectMany(line => Gen.Choose(0, 200), (line, length) => (line, length)).ToArbitrary(),
        cut =>
        {
            var lines = Chain(Count);
            var head = AuditChain.Hash(lines[^1]);
            lines[cut.line] = lines[cut.line][..Math.Min(cut.length, lines[cut.line].Length - 1)];
            return !AuditCheck.Verify(lines, head).IsIntact;
        }).Check(Seeded.Config);

    [Fact]
    public void Verify_AnyLineTakenOut_IsFound()
    {
        var lines = Chain(Count);
        var head = AuditChain.Hash(lines[^1]);
        for (var gone = 0; gone < Count; gone++)
        {
            var left = lines.Where((_, i) => i != gone).ToArray();

            var verdict = AuditCheck.Verify(left, head);

            verdict.IsIntact.ShouldBeFalse($"line {gone + 1}");
            verdict.Findings[0].Line.ShouldBe(Math.Min(gone + 1, Count - 1));
            AuditCheck.Verify(left).IsIntact.ShouldBe(gone == Count - 1);
        }
    }

    [Fact]
    public void Verify_AnyTwoLinesSwapped_IsFound()
    {
        for (var first = 0; first < Count; first++)
        {
            for (var second = first + 1; second < Count; second++)
            {
                var lines = Chain(Count);
                (lines[first], lines[second]) = (lines[second], lines[first]);

                AuditCheck.Verify(lines).Findings.ShouldContain(f => f.IsTampering && f.Line == first + 1, $"{first + 1} and {second + 1}");
            }
        }
    }

    [Fact]
    public void Verify_AnyLineTwice_IsFoundAtItsSecondPlace()
    {
        for (var copied = 0; copied < Count - 1; copied++)
        {
            var lines = Chain(Count).ToList();
            lines.Insert(copied + 1, lines[copied]);

            AuditCheck.Verify(lines).Findings.ShouldContain(f => f.IsTampering && f.Line == copied + 2, $"line {copied + 1}");
        }
    }

    [Fact]
    public void Verify_LineThatWasMadeUp_IsInserted()
    {
        var lines = Chain(Count).ToList();
        lines.Insert(3, AuditChain.Line(Entry(99), AuditChain.Hash(lines[2])));

        var findings = AuditCheck.Verify(lines).Findings;

        findings.ShouldContain(f => f.Line == 4 && f.Fault == AuditFault.Inserted);
    }

    // An edge that goes on, and one that was started again, chain differently behind a torn line.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Verify_TornLineThatTheLogGoesOnBehind_IsACrashAndNoTampering(bool restarted)
    {
        var lines = Chain(3).ToList();
        var torn = AuditChain.Line(Entry(4), AuditChain.Hash(lines[2]))[..40];
        lines.Add(torn);
        lines.Add(AuditChain.Line(Entry(4), AuditChain.Hash(restarted ? torn : lines[2])));

        var verdict = AuditCheck.Verify(lines);

        var finding = verdict.Findings.ShouldHaveSingleItem();
        (finding.Line, finding.Fault, finding.IsTampering, verdict.IsIntact).ShouldBe((4, AuditFault.Torn, false, true));
    }

    [Fact]
    public void Verify_TornLastLine_IsACrash()
    {
        var lines = Chain(3).ToList();
        lines.Add("{\"at\":\"2026");

        AuditCheck.Verify(lines).Findings.ShouldHaveSingleItem().Fault.ShouldBe(AuditFault.Torn);
    }

    private static AuditEntry Entry(long plan) =>
        new(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero), "mia", "promote", ["catalog"], "because", ["share 1 % -> 2 %"], plan, ["0 of 10 differ"]);

    private static string[] Chain(int count)
    {
        var lines = new string[count];
        var previous = AuditChain.Beginning;
        for (var i = 0; i < count; i++)
        {
            lines[i] = AuditChain.Line(Entry(i + 1), previous);
            previous = AuditChain.Hash(lines[i]);
        }

        return lines;
    }
}
