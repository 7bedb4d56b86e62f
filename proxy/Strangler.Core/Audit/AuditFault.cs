namespace Strangler.Core.Audit;

/// <summary>What may be wrong with a line of the audit log.</summary>
public enum AuditFault
{
    /// <summary>A crash or a full disk has cut it short; the log goes on behind it as it should. The only one that is no tampering.</summary>
    Torn,

    /// <summary>It is no entry, and what follows does not account for it.</summary>
    Unreadable,

    /// <summary>It names a line before it that is not there: one was changed or taken out, or the beginning is missing.</summary>
    Broken,

    /// <summary>It stands at another place than it was written.</summary>
    Moved,

    /// <summary>It was not written here: the next line goes on as if it were not there.</summary>
    Inserted,

    /// <summary>The line that was remembered as the last one is not there.</summary>
    WrongHead,
}
