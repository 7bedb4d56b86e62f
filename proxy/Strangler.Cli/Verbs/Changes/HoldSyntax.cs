using System.CommandLine;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Changes;

/// <summary><c>hold CAP... [--release]</c>: admit nobody more.</summary>
internal sealed class HoldSyntax() : MoveSyntax(
    "hold",
    "Admits nobody more, until the hold is released; whoever is on the new side stays there.",
    "strangler hold catalog --reason \"release freeze\"")
{
    private readonly Option<bool> _release = new("--release") { Description = "End the hold." };

    /// <inheritdoc/>
    protected override void AddOptions(Verb verb) => verb.Add(_release);

    /// <inheritdoc/>
    protected override MoveRequest Move(string capability, ParseResult parse) => new(capability, parse.GetValue(_release) ? "release" : Name);
}
