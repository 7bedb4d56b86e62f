using System.Globalization;

namespace Strangler.Sync.Reading;

/// <summary>
/// Which transactions a snapshot of the source sees, as <c>pg_visible_in_snapshot</c> says it. A change can be in the log before a SELECT
/// sees it: while its commit waits for a standby, or between its record in the log and its end in memory.
/// </summary>
internal sealed class SnapshotView
{
    private readonly HashSet<ulong> _running;

    private SnapshotView(ulong xmin, ulong xmax, HashSet<ulong> running)
    {
        Xmin = xmin;
        Xmax = xmax;
        _running = running;
    }

    /// <summary>All transactions below have ended.</summary>
    public ulong Xmin { get; }

    /// <summary>No transaction from here on is seen.</summary>
    public ulong Xmax { get; }

    /// <summary>Reads the text of a <c>pg_snapshot</c>: <c>xmin:xmax:xip,xip</c>.</summary>
    public static SnapshotView Parse(string text)
    {
        var parts = text.Split(':');
        return new SnapshotView(
            Number(parts[0]), Number(parts[1]), [.. parts[2].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Number)]);

        static ulong Number(string number) => ulong.Parse(number, CultureInfo.InvariantCulture);
    }

    /// <summary>Whether the snapshot sees what this transaction, now committed, has written.</summary>
    public bool Sees(uint xid)
    {
        var wide = Widen(xid, Xmax);
        return wide < Xmin || (wide < Xmax && !_running.Contains(wide));
    }

    /// <summary>
    /// The 64-bit number of a transaction of which the log carries the low half: the one nearest to a current number, as two running
    /// transactions are never 2^31 apart.
    /// </summary>
    public static ulong Widen(uint xid, ulong near) => near + (ulong)(long)(int)(xid - (uint)near);
}
