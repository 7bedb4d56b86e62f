using System.CommandLine;
using Strangler.Core.Model;

namespace Strangler.Cli.Verbs;

/// <summary>Arguments and options that several verbs share.</summary>
internal static class Arguments
{
    private static readonly string Stages = $"Stages are: {string.Join(", ", StageNames.All)}.";

    /// <summary>The capabilities that a verb is about.</summary>
    public static Argument<string[]> Capabilities() => NoOption(new Argument<string[]>("CAP")
    {
        Description = "Name of the capability, as in the rules; several make one change.",
        Arity = ArgumentArity.OneOrMore,
    });

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
    public static Option<double?> Share() => Share(
        "Percent of units whose reads go to the new side, above 0 and at most 100.", "above 0 and at most 100", share => share is > 0 and <= 100);

    /// <summary>The percent of units that stay on the new side.</summary>
    public static Option<double?> ShareThatStays()
    {
        var option = Share("Percent of units that stay on the new side, 0 or more and below the present share.", "0 or more and below 100", share => share is >= 0 and < 100);
        option.Required = true;
        return option;
    }

    private static Option<double?> Share(string description, string range, Func<double, bool> isLegal) => new("--share")
    {
        Description = description,
        HelpName = "P",
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (ReadShare(text) is { } share && isLegal(share))
            {
                return share;
            }

            result.AddError($"--share is '{text}', but must be {range}, such as 10 or 2.5%.");
            return null;
        },
    };

    /// <summary>How many at most.</summary>
    /// <param name="what">Of what.</param>
    /// <param name="max">Largest legal value.</param>
    /// <param name="fallback">Value when not given.</param>
    public static Option<int> Limit(string what, int max, int fallback) => new("--limit")
    {
        Description = $"Most {what} to show, 1 to {max}.",
        HelpName = "N",
        DefaultValueFactory = _ => fallback,
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (int.TryParse(text, System.Globalization.NumberStyles.None, null, out var limit) && limit >= 1 && limit <= max)
            {
                return limit;
            }

            result.AddError($"--limit is '{text}', but must be 1 to {max}.");
            return fallback;
        },
    };

    /// <summary>A duration, written as <c>90d</c>, <c>12h</c> or <c>30m</c>.</summary>
    /// <param name="name">Name of the option.</param>
    /// <param name="description">What it is for.</param>
    public static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DURATION",
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (text.Length > 1 && int.TryParse(text.AsSpan(0, text.Length - 1), System.Globalization.NumberStyles.None, null, out var count) && count is > 0 and <= 10_000)
            {
                switch (text[^1])
                {
                    case 'd': return TimeSpan.FromDays(count);
                    case 'h': return TimeSpan.FromHours(count);
                    case 'm': return TimeSpan.FromMinutes(count);
                }
            }

            result.AddError($"{name} is '{text}', but must be such as 90d, 12h or 30m.");
            return null;
        },
    };

    private static double? ReadShare(string text)
    {
        var number = text.EndsWith('%') ? text[..^1].TrimEnd() : text;
        return double.TryParse(number, System.Globalization.NumberStyles.AllowDecimalPoint, null, out var share)
            ? share
            : null;
    }
}
