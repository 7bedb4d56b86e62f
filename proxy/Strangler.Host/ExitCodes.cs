namespace Strangler.Host;

/// <summary>Exit codes of the edge, the same as the command line's.</summary>
internal static class ExitCodes
{
    public const int Failed = 1;
    public const int RulesInvalid = 3;
}
