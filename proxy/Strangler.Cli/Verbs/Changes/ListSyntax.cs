using System.CommandLine;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Changes;

/// <summary><c>include|exclude CAP... --unit U|--group G [--remove]</c>: named units and groups to one side.</summary>
/// <param name="name"><c>include</c> or <c>exclude</c>.</param>
/// <param name="description">What it does.</param>
/// <param name="example">One command line that makes sense as it stands.</param>
internal sealed class ListSyntax(string name, string description, string example) : MoveSyntax(name, description, example)
{
    private readonly Option<string[]> _units = new("--unit") { Description = "A unit, as the edge reads it; may be given several times.", HelpName = "U" };
    private readonly Option<string[]> _groups = new("--group") { Description = "A group of units; may be given several times.", HelpName = "G" };
    private readonly Option<bool> _remove = new("--remove") { Description = "Take them off the list again." };

    /// <summary>The verb <c>include</c>.</summary>
    public static ListSyntax Include() => new(
        "include",
        "Puts named units and groups on the new side, whatever the share is, from stage shadow on.",
        "strangler include catalog --group staff --reason \"we try it first\"");

    /// <summary>The verb <c>exclude</c>.</summary>
    public static ListSyntax Exclude() => new(
        "exclude",
        "Keeps named units and groups on legacy, whatever the share is.",
        "strangler exclude catalog --unit customer-42 --reason \"contract on old prices\"");

    /// <inheritdoc/>
    protected override void AddOptions(Verb verb)
    {
        verb.Add(_units);
        verb.Add(_groups);
        verb.Add(_remove);
        verb.Validators.Add(result =>
        {
            if (result.GetResult(_units) is null && result.GetResult(_groups) is null) result.AddError("Say whom: --unit U or --group G.");
        });
    }

    /// <inheritdoc/>
    protected override MoveRequest Move(string capability, ParseResult parse) =>
        new(capability, Name, Units: parse.GetValue(_units) ?? [], Groups: parse.GetValue(_groups) ?? [], Remove: parse.GetValue(_remove));
}
