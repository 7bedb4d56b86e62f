using Strangler.Core.Admin;
using Strangler.Core.Audit;
using Strangler.Proxy.Plans;

namespace Strangler.Proxy.Admin;

/// <summary>Reads entries from the audit log. Lines that a crash has torn count as lines and are left out.</summary>
internal sealed class AuditReader(ControlPlane control)
{
    /// <summary>The last entries.</summary>
    /// <param name="capability">Only of this capability; null for all.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<AuditAnswer> LastAsync(string? capability, int count, CancellationToken cancel)
    {
        var last = new Queue<AuditItem>(count + 1);
        var lines = 0L;
        await foreach (var line in control.Store.ReadAuditAsync(cancel))
        {
            if (Read(line, ++lines, capability) is not { } item) continue;
            last.Enqueue(item);
            if (last.Count > count) last.Dequeue();
        }

        return new AuditAnswer([.. last], lines);
    }

    /// <summary>The first entries after a line.</summary>
    /// <param name="after">The line.</param>
    /// <param name="capability">Only of this capability; null for all.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<AuditAnswer> AfterAsync(long after, string? capability, int count, CancellationToken cancel)
    {
        var found = new List<AuditItem>();
        var lines = 0L;
        await foreach (var line in control.Store.ReadAuditAsync(cancel))
        {
            if (++lines > after && found.Count < count && Read(line, lines, capability) is { } item) found.Add(item);
        }

        return new AuditAnswer(found, lines);
    }

    private static AuditItem? Read(string text, long line, string? capability) =>
        AuditChain.Read(text) is { } e && (capability is null || e.Capabilities.Contains(capability, StringComparer.Ordinal))
            ? new AuditItem(line, e.At, e.Actor, e.Verb, e.Capabilities, e.Reason, e.Changes, e.Plan, e.Evidence, AuditChain.Hash(text))
            : null;
}
