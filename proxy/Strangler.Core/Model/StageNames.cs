namespace Strangler.Core.Model;

/// <summary>The names of the stages as they stand in commands, files, headers and screens.</summary>
public static class StageNames
{
    private static readonly string[] Names = ["legacy", "shadow", "read-canary", "write-canary", "new-primary", "retired"];

    /// <summary>All names in the order of the stages.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>The name of a stage.</summary>
    public static string ToName(this Stage stage) => Names[(int)stage];

    /// <summary>Finds the stage of that name; names are case-sensitive.</summary>
    public static bool TryParse(string? name, out Stage stage)
    {
        var index = Array.IndexOf(Names, name);
        stage = index < 0 ? Stage.Legacy : (Stage)index;
        return index >= 0;
    }
}
