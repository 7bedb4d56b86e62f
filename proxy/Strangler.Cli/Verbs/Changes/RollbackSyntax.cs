using System.CommandLine;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Changes;

/// <summary><c>rollback CAP... [--to STAGE]</c>: any stage down.</summary>
internal sealed class RollbackSyntax() : MoveSyntax(
    "rollback",
    "Takes capabilities to a lower stage; no gate is asked. The way out of a kill, too.",
    "strangler rollback catalog --to shadow --reason \"wrong tax on bundles\"")
{
    private readonly Option<string?> _stage = Arguments.Stage("Stage to go back to, any below the present one; else the next one down.");

    /// <inheritdoc/>
    protected override void AddOptions(Verb verb) => verb.Add(_stage);

    /// <inheritdoc/>
    protected override MoveRequest Move(string capability, ParseResult parse) => new(capability, Name, parse.GetValue(_stage));
}
