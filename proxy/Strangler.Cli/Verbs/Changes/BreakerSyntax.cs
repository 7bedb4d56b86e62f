using System.CommandLine;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Changes;

/// <summary><c>breaker isolate|reset CAP... [--side new|legacy]</c>: the breaker of a side by hand.</summary>
/// <param name="name"><c>isolate</c> or <c>reset</c>.</param>
/// <param name="description">What it does.</param>
/// <param name="example">One command line that makes sense as it stands.</param>
internal sealed class BreakerSyntax(string name, string description, string example) : MoveSyntax(name, description, example)
{
    private static readonly string[] Sides = ["new", "legacy"];

    private readonly Option<string?> _side = SideOption();

    /// <inheritdoc/>
    public override string Words => $"breaker {Name}";

    /// <summary>The verb <c>breaker isolate</c>.</summary>
    public static BreakerSyntax Isolate() => new(
        "isolate",
        "Holds the breaker of a side open on every edge: nothing goes to the new side, or nothing more than its own to legacy.",
        "strangler breaker isolate catalog --reason \"database is being moved\"");

    /// <summary>The verb <c>breaker reset</c>.</summary>
    public static BreakerSyntax Reset() => new(
        "reset",
        "Closes the breaker of a side on every edge at once, isolated or not; all its units are let in.",
        "strangler breaker reset catalog --reason \"mended and tried\"");

    /// <inheritdoc/>
    protected override void AddOptions(Verb verb) => verb.Add(_side);

    /// <inheritdoc/>
    protected override MoveRequest Move(string capability, ParseResult parse) => new(capability, Name, Side: parse.GetValue(_side));

    private static Option<string?> SideOption()
    {
        var option = new Option<string?>("--side") { Description = "Whose breaker: new (else) or legacy.", HelpName = "new|legacy" };
        option.CompletionSources.Add(Sides);
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } side && !Sides.Contains(side, StringComparer.Ordinal)) result.AddError($"There is no side '{side}'. Sides are: {string.Join(", ", Sides)}.");
        });
        return option;
    }
}
