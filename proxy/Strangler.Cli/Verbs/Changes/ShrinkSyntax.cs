using System.CommandLine;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Changes;

/// <summary><c>shrink CAP... --share P</c>: a smaller share of the same stage.</summary>
internal sealed class ShrinkSyntax() : MoveSyntax(
    "shrink",
    "Lowers the share of a stage: those who were admitted last leave first, and nobody else changes the side.",
    "strangler shrink catalog --share 5% --reason \"new side is slow at noon\"")
{
    private readonly Option<double?> _share = Arguments.ShareThatStays();

    /// <inheritdoc/>
    protected override void AddOptions(Verb verb) => verb.Add(_share);

    /// <inheritdoc/>
    protected override MoveRequest Move(string capability, ParseResult parse) => new(capability, Name, Share: parse.GetValue(_share));
}
