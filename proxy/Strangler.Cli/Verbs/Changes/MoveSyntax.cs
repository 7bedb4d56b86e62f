using System.CommandLine;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Changes;

/// <summary>How one kind of change is said on the command line; the verb itself and its preview share it.</summary>
/// <param name="name">The verb.</param>
/// <param name="description">What it does.</param>
/// <param name="example">One command line that makes sense as it stands.</param>
internal abstract class MoveSyntax(string name, string description, string example)
{
    private readonly Argument<string[]> _capabilities = Arguments.Capabilities();

    /// <summary>The verb.</summary>
    public string Name => name;

    /// <summary>The words that call it.</summary>
    public virtual string Words => name;

    /// <summary>What it does.</summary>
    public string Description => description;

    /// <summary>One command line that makes sense as it stands.</summary>
    public string Example => example;

    /// <summary>For emergencies: no question, whatever the plan is.</summary>
    public virtual bool IsAtOnce => false;

    /// <summary>Adds arguments and options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    public void AddTo(Verb verb)
    {
        verb.Add(_capabilities);
        AddOptions(verb);
    }

    /// <summary>The moves that were asked for, one for each capability.</summary>
    /// <param name="parse">The command line.</param>
    public IReadOnlyList<MoveRequest> Read(ParseResult parse) => [.. parse.GetRequiredValue(_capabilities).Distinct(StringComparer.Ordinal).Select(each => Move(each, parse))];

    /// <summary>Adds what only this verb has.</summary>
    /// <param name="verb">The verb.</param>
    protected virtual void AddOptions(Verb verb)
    {
    }

    /// <summary>The move of one capability.</summary>
    /// <param name="capability">Its name.</param>
    /// <param name="parse">The command line.</param>
    protected abstract MoveRequest Move(string capability, ParseResult parse);
}
