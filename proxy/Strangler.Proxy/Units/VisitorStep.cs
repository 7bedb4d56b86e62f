namespace Strangler.Proxy.Units;

/// <summary>What the next answer that may carry a cookie changes about the visitor.</summary>
internal enum VisitorStep
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A client without any identity gets an id, if it asks for a page.</summary>
    Mint,

    /// <summary>Somebody has just logged in: the visitor decides for one lease more.</summary>
    StartLease,

    /// <summary>The lease is over: from now on the account decides, whatever the clock of another edge says.</summary>
    EndLease,

    /// <summary>Somebody has logged out: the next login starts a lease of its own.</summary>
    ClearLease,

    /// <summary>The same visitor, signed with the new key.</summary>
    Renew,
}
