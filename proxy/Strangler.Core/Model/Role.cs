namespace Strangler.Core.Model;

/// <summary>What a token may do. Each role has its own rights; only <see cref="Admin"/> has all.</summary>
public enum Role
{
    /// <summary>Look at everything.</summary>
    Viewer,

    /// <summary>Look, and judge differences.</summary>
    Qa,

    /// <summary>Look, and lower: rollback, shrink, hold, kill, exclude.</summary>
    Operator,

    /// <summary>What an operator may, and raise: promote, release, include, apply.</summary>
    Migrator,

    /// <summary>Everything, tokens included.</summary>
    Admin,
}
