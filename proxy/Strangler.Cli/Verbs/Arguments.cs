using System.CommandLine;
using Strangler.Core.Model;

namespace Strangler.Cli.Verbs;

/// <summary>Arguments and options that several verbs share.</summary>
internal static class Arguments
{
    private static readonly string Stages = $"Stages are: {string.Join(", ", StageNames.All)}.";

    /// <summary>The capability that a verb is about.</summary>
    public static Argument<string> Capability() =>
        NoOption(new Argument<string>("CAP") { Description = "Name of the capability, as in the rules." });

    /// <summary>The capability that a verb can be narrowed to.</summary>
    public static Argument<string?> OptionalCapability() => NoOption(new Argument<string?>("CAP")
    {
        Description = "Only this capability.",
        Arity = ArgumentArity.ZeroOrOne,
    });

    /// <summary>Keeps a misspelled option from being taken for the value of an argument.</summary>
    /// <typeparam name="T">Type of the argument.</typeparam>
    /// <param name="argument">The argument.</param>
    /// <returns>The same argument.</returns>
    public static Argument<T> NoOption<T>(Argument<T> argument)
    {
        argument.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } option)
            {
                result.AddError($"There is no option '{option.Value}'.");
            }
        });
        return argument;
    }

    /// <summary>The stage to go to.</summary>
    /// <param name="description">What happens without it.</param>
    public static Option<string?> Stage(string description)
    {
        var option = new Option<string?>("--to") { Description = $"{description} {Stages}", HelpName = "STAGE" };
        option.CompletionSources.Add([.. StageNames.All]);
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } stage && !StageNames.TryParse(stage, out _))
            {
                result.AddError($"There is no stage '{stage}'. {Stages}");
            }
        });
        return option;
    }

    /// <summary>The percent of units to admit, written as <c>10</c> or <c>10%</c>.</summary>
    public static Option<double?> Share() => new("--share")
    {
        Description = "Percent of units whose reads go to the new side, above 0 and at most 100.",
        HelpName = "P",
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (ReadShare(text) is { } share)
            {
                return share;
            }

            result.AddError($"--share is '{text}', but must be above 0 and at most 100, such as 10 or 2.5%.");
            return null;
        },
    };

    private static double? ReadShare(string text)
    {
        var number = text.EndsWith('%') ? text[..^1].TrimEnd() : text;
        return double.TryParse(number, System.Globalization.NumberStyles.AllowDecimalPoint, null, out var share)
            && share is > 0 and <= 100
            ? share
            : null;
    }
}
