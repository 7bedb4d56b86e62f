namespace Strangler.Core.Model;

/// <summary>Where a capability stands on its way from the monolith to its new service, in order.</summary>
public enum Stage
{
    /// <summary>Reads and writes on legacy; the adapters may be filling the new store.</summary>
    Legacy,

    /// <summary>As <see cref="Legacy"/>, and copies of safe reads go to the new side and are compared.</summary>
    Shadow,

    /// <summary>Reads of a share of the units on the new side; writes on legacy.</summary>
    ReadCanary,

    /// <summary>Reads and writes of a share of the units on the new side.</summary>
    WriteCanary,

    /// <summary>Everything on the new side, the legacy store still fed.</summary>
    NewPrimary,

    /// <summary>Everything on the new side, the way back closed.</summary>
    Retired,
}
