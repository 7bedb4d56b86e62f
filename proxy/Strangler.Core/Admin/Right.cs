namespace Strangler.Core.Admin;

/// <summary>What a call of the admin API needs.</summary>
public enum Right
{
    /// <summary>See everything; previews included, which change nothing.</summary>
    Look,

    /// <summary>Judge differences.</summary>
    Judge,

    /// <summary>Take users back to legacy, or admit nobody more.</summary>
    Lower,

    /// <summary>Bring users to the new side, and put other rules in force.</summary>
    Raise,

    /// <summary>Make and revoke tokens.</summary>
    Tokens,
}
