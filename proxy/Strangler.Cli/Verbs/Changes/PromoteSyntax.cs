using System.CommandLine;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Changes;

/// <summary><c>promote CAP... [--to STAGE] [--share P] [--everyone]</c>: one stage up, or more units.</summary>
internal sealed class PromoteSyntax() : MoveSyntax(
    "promote",
    "Moves capabilities one stage up, or raises their share; the edge refuses while the evidence is missing.",
    "strangler promote catalog --share 10% --reason \"match rate 100 % since monday\"")
{
    private readonly Option<string?> _stage = Arguments.Stage("Stage to go to; else the next one up.");
    private readonly Option<double?> _share = Arguments.Share();
    private readonly Option<bool> _everyone = new("--everyone") { Description = "At 100 %: admit clients without any identity too, the last step." };
    private readonly Option<bool> _despite = new("--despite-cool-down") { Description = "Although its breaker has lowered it within the last 30 minutes." };

    /// <inheritdoc/>
    protected override void AddOptions(Verb verb)
    {
        verb.Add(_stage);
        verb.Add(_share);
        verb.Add(_everyone);
        verb.Add(_despite);
    }

    /// <inheritdoc/>
    protected override MoveRequest Move(string capability, ParseResult parse) =>
        new(capability, Name, parse.GetValue(_stage), parse.GetValue(_share), parse.GetValue(_everyone), DespiteCoolDown: parse.GetValue(_despite));
}
