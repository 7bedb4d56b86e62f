using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs;

/// <summary>What an operator would sensibly do next, read from the state of a capability.</summary>
internal static class NextSteps
{
    /// <summary>The command that comes next for one capability.</summary>
    /// <param name="capability">The capability as it is now.</param>
    public static string For(CapabilityStatus capability)
    {
        var name = capability.Name;
        var differs = capability.Shadow.RecentMatchRate is < 1;
        return capability switch
        {
            { Killed: true, Stage: "shadow" } => $"strangler rollback {name} --to legacy",
            { Killed: true } => $"strangler rollback {name} --to shadow",
            { Sides.New.Breaker.State: "isolated" } => $"strangler breaker reset {name}",
            { Sides.New.Breaker.Sentence: not null } => $"strangler status {name} --watch",
            { CoolDown: not null } => $"strangler audit --capability {name}",
            { Held: true } => $"strangler hold {name} --release",
            { Stage: "legacy" } => $"strangler promote {name} --to shadow",
            { Stage: "shadow" or "read-canary" } when differs => $"strangler diffs {name}",
            { Stage: "shadow", Shadow.Compared: 0 } => $"strangler status {name} --watch",
            { Stage: "shadow" } => $"strangler promote {name} --share 10",
            { Stage: "read-canary", Share: < 100 } => $"strangler promote {name} --share {NextShare(capability.Share)}",
            { Stage: "read-canary", Everyone: false } => $"strangler promote {name} --everyone",
            _ => $"strangler status {name} --watch",
        };
    }

    private static int NextShare(double share) => share switch
    {
        < 10 => 10,
        < 50 => 50,
        _ => 100,
    };
}
