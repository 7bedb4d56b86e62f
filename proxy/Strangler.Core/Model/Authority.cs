namespace Strangler.Core.Model;

/// <summary>How the data of a capability changes its owner.</summary>
public enum Authority
{
    /// <summary>As a whole, for example stock, which all units share.</summary>
    Global,

    /// <summary>By bucket range, for example carts, which belong to one unit each.</summary>
    PerUnit,
}
