using System.CommandLine;

namespace Strangler.Cli.Verbs.Changes;

/// <summary>Options that every verb that changes something has.</summary>
internal sealed class ChangeOptions
{
    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Only say what would change; exit code 4 when something would.",
    };

    private readonly Option<string?> _reason = new("--reason")
    {
        Description = "Why; goes into the audit log. Asked for on a terminal when missing.",
        HelpName = "TEXT",
    };

    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask whether to go on." };

    private readonly Option<long?> _plan = new("--plan")
    {
        Description = "Refuse, with exit code 6, unless this plan is in force.",
        HelpName = "N",
    };

    /// <summary>Adds the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="plans">Whether the change is one of the plan.</param>
    public void AddTo(Verb verb, bool plans = true)
    {
        verb.Add(_dryRun);
        verb.Add(_reason);
        if (plans)
        {
            verb.Add(_plan);
        }

        verb.Add(_yes);
    }

    /// <summary>What was given.</summary>
    /// <param name="parse">The command line.</param>
    public ChangeChoices Read(ParseResult parse) =>
        new(parse.GetValue(_dryRun), parse.GetValue(_reason), parse.GetValue(_yes), parse.GetValue(_plan));
}
