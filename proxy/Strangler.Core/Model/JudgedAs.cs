namespace Strangler.Core.Model;

/// <summary>What somebody has made of a group of differences.</summary>
public enum JudgedAs
{
    /// <summary>Known; a new build brings it back.</summary>
    Acknowledged,

    /// <summary>Accepted until a day; the day after it comes back.</summary>
    Ignored,

    /// <summary>Said to be mended; the next one of the same or a newer build brings it back.</summary>
    Fixed,
}
