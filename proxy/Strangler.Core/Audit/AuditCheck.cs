namespace Strangler.Core.Audit;

/// <summary>Checks the chain of an audit log, and says which line does not fit and how.</summary>
public static class AuditCheck
{
    /// <summary>Checks all lines.</summary>
    /// <param name="lines">The lines, without line ends, the oldest first.</param>
    /// <param name="head">The hash of a line that was the last one at some time; null when nobody remembers one. Without it nobody can tell that the last lines are gone or are others.</param>
    public static AuditVerdict Verify(IReadOnlyList<string> lines, string? head = null)
    {
        var hashes = lines.Select(AuditChain.Hash).ToList();
        var previous = lines.Select(AuditChain.PreviousOf).ToList();
        var findings = new List<AuditFinding>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (previous[i] is null) findings.Add(Unreadable(lines, hashes, previous, i));
            else if (!Follows(hashes, previous, i)) findings.AddRange(Misplaced(lines, hashes, previous, i));
        }

        var end = hashes.Count == 0 ? AuditChain.Beginning : hashes[^1];
        if (head is not null && head.Length > 0 && !hashes.Contains(head, StringComparer.OrdinalIgnoreCase))
        {
            findings.Add(new AuditFinding(
                Math.Max(lines.Count, 1), AuditFault.WrongHead, "the remembered line is not there: it was changed, or the end of the log was cut off"));
        }

        return new AuditVerdict(lines.Count, end, [.. findings.DistinctBy(f => (f.Line, f.Fault)).OrderBy(f => f.Line)]);
    }

    // An edge that has written a torn line goes on from the whole line before it; one that was started afterwards from the torn one.
    private static bool Follows(List<string> hashes, List<string?> previous, int i)
    {
        var expected = previous[i];
        for (var before = i - 1; before >= 0; before--)
        {
            if (hashes[before] == expected) return true;
            if (previous[before] is not null) return false;
        }

        return expected == AuditChain.Beginning;
    }

    private static AuditFinding Unreadable(IReadOnlyList<string> lines, List<string> hashes, List<string?> previous, int i)
    {
        var next = previous.FindIndex(i + 1, p => p is not null);
        var isTorn = lines[i].StartsWith('{') && !lines[i].EndsWith('}') && (next < 0 || Follows(hashes, previous, next));
        return isTorn
            ? new AuditFinding(i + 1, AuditFault.Torn, "torn by a crash or a full disk; the log goes on behind it as it should")
            : new AuditFinding(i + 1, AuditFault.Unreadable, "this is no entry: it was changed, or somebody has put it here");
    }

    private static IEnumerable<AuditFinding> Misplaced(IReadOnlyList<string> lines, List<string> hashes, List<string?> previous, int i)
    {
        var expected = previous[i]!;
        var origin = hashes.IndexOf(expected);
        if (origin > i) return [new AuditFinding(i + 1, AuditFault.Moved, $"it was written behind the line that is now line {origin + 1}")];
        if (origin == i) return [new AuditFinding(i + 1, AuditFault.Broken, "it names itself")];
        if (origin < 0 && expected != AuditChain.Beginning) return [Gap(lines, i)];

        // It goes on from an earlier line, or from the beginning, so what stands between was not there when it was written.
        return Enumerable.Range(origin + 1, i - origin - 1).Select(between => new AuditFinding(between + 1, AuditFault.Inserted, $"line {i + 1} was written as if this line were not there"))
            .Append(new AuditFinding(i + 1, AuditFault.Broken, origin < 0 ? "it was written as the first line of a log" : $"it was written directly behind line {origin + 1}"));
    }

    private static AuditFinding Gap(IReadOnlyList<string> lines, int i)
    {
        if (i == 0) return new AuditFinding(1, AuditFault.Broken, "it is not the first line of a log: the lines before it are gone");
        var (before, after) = (AuditChain.Read(lines[i - 1])?.Plan, AuditChain.Read(lines[i])?.Plan);
        return after - before > 1
            ? new AuditFinding(i + 1, AuditFault.Broken, $"the line before it leads to plan {before} and this one to plan {after}: lines between them are gone, or line {i} was changed")
            : new AuditFinding(i + 1, AuditFault.Broken, $"the line before it is not the one it was written behind: line {i} was changed, or lines between them are gone");
    }
}
