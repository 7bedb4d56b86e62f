using Strangler.Core.Admin;
using Strangler.Core.Audit;

namespace Strangler.Proxy.Plans;

/// <summary>
/// Where plans and their audit log are kept, and how the edges learn of them. A store moves documents and knows nothing of what stands in
/// them; <see cref="PlanDocument"/> does. Every method throws <see cref="ControlStoreException"/> when the store is away.
/// </summary>
public interface IControlStore : IAsyncDisposable
{
    /// <summary>What status calls it: <c>file</c> or <c>postgres</c>.</summary>
    string Name { get; }

    /// <summary>True when other edges may change the plan, too.</summary>
    bool IsShared { get; }

    /// <summary>The largest plan number; 0 when there is no plan yet.</summary>
    Task<long> NewestAsync(CancellationToken cancel);

    /// <summary>The document of a plan; null when it is not kept.</summary>
    Task<string?> ReadAsync(long plan, CancellationToken cancel);

    /// <summary>Writes the audit entry and the document so that no plan is ever in force that the log does not name.</summary>
    /// <param name="plan">Its number: larger than that of the newest plan.</param>
    /// <param name="document">The plan.</param>
    /// <param name="entry">Who made it and why.</param>
    /// <param name="cancel">Ends the wait; the plan may have been written all the same.</param>
    /// <returns>False when somebody else has written a plan of that number, or a later one; then nothing was written.</returns>
    Task<bool> TryAppendAsync(long plan, string document, AuditEntry entry, CancellationToken cancel);

    /// <summary>Waits until there may be a new plan: for a push, or at the latest until it is time to look again. Only one caller at a time.</summary>
    Task WaitForNewsAsync(CancellationToken cancel);

    /// <summary>Says what an edge has applied; replaces what it said before.</summary>
    Task ReportAsync(EdgeReport report, CancellationToken cancel);

    /// <summary>What the edges that are alive have said last, by name.</summary>
    Task<IReadOnlyList<EdgeReport>> ReadEdgesAsync(CancellationToken cancel);

    /// <summary>The lines of the audit log, the oldest first.</summary>
    IAsyncEnumerable<string> ReadAuditAsync(CancellationToken cancel);
}
