using Spectre.Console;
using Strangler.Core.Admin;

namespace Strangler.Cli.Output;

/// <summary>Stages as glyph, word and colour; the word alone always says enough.</summary>
internal static class StageWords
{
    /// <summary>The lines that say where a capability stands: its stage, and above it that it was killed.</summary>
    /// <param name="capability">The capability.</param>
    public static IReadOnlyList<Text> Lines(CapabilityStatus capability)
    {
        var stage = new Text($"{Glyph(capability.Stage)} {Words.Safe(capability.Stage)}", Style(capability.Stage));
        return capability.Killed ? [new Text("✖ killed", Color.Red), stage] : [stage];
    }

    private static string Glyph(string stage) => stage switch
    {
        "legacy" => "○",
        "shadow" => "◌",
        "read-canary" => "◔",
        "write-canary" => "◑",
        "new-primary" => "●",
        "retired" => "■",
        _ => "·",
    };

    private static Style Style(string stage) => stage is "legacy" ? Spectre.Console.Style.Plain : Color.Blue;
}
