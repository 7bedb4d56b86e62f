using System.CommandLine;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Changes;

/// <summary><c>kill CAP...</c>: everything back to legacy, at once.</summary>
internal sealed class KillSyntax() : MoveSyntax(
    "kill",
    "Takes all reads of capabilities back to legacy at once; no gate, no question.",
    "strangler kill catalog --reason \"prices are wrong\"")
{
    /// <inheritdoc/>
    public override bool IsAtOnce => true;

    /// <inheritdoc/>
    protected override MoveRequest Move(string capability, ParseResult parse) => new(capability, Name);
}
