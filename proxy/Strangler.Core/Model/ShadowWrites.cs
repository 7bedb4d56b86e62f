namespace Strangler.Core.Model;

/// <summary>What becomes of the copies of writes.</summary>
public enum ShadowWrites
{
    /// <summary>Writes are not copied.</summary>
    Off,

    /// <summary>Writes are copied to a new side that has shown that it runs them in a transaction which it rolls back.</summary>
    DryRun,
}
