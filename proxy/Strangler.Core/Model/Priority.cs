namespace Strangler.Core.Model;

/// <summary>Who is shed first when legacy is full. What no capability claims is <see cref="Normal"/>.</summary>
public enum Priority
{
    /// <summary>Shed first.</summary>
    Low,

    /// <summary>The default.</summary>
    Normal,

    /// <summary>Shed last: what sells.</summary>
    High,
}
