using System.CommandLine;
using Spectre.Console;
using Spectre.Console.Rendering;
using Strangler.Cli.Output;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Explain;

/// <summary><c>strangler explain METHOD PATH [--unit U] [--group G]</c>: what the edge would decide for a request, and why.</summary>
internal static class ExplainVerb
{
    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Create(SessionRunner runner)
    {
        var method = Arguments.NoOption(new Argument<string>("METHOD")
        {
            Description = "Method of the request.",
            HelpName = "METHOD",
        });
        method.CompletionSources.Add("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
        var path = new Argument<string>("PATH") { Description = "Path of the request, from its slash." };
        path.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && !value.StartsWith('/'))
            {
                result.AddError($"PATH is '{value}', but must start with a slash, such as /api/products/SKU-00001.");
            }
        });
        var unit = new Option<string?>("--unit")
        {
            Description = "Whom the decision is for: an account, a session or a visitor; without it, a client without identity.",
            HelpName = "U",
        };
        var groups = new Option<string[]>("--group") { Description = "A group of the unit; may be given several times.", HelpName = "G" };
        var verb = new Verb(
            "explain",
            "Says which side would answer a request and why, by the same decision that the edge makes.",
            "strangler explain GET /api/products/SKU-00001 --unit customer-42")
        {
            method,
            path,
            unit,
            groups,
        };
        verb.SetAction(runner.Run(async (session, parse, cancellation) =>
        {
            var answer = await session.Edge.ExplainAsync(
                parse.GetRequiredValue(method).ToUpperInvariant(),
                parse.GetRequiredValue(path),
                parse.GetValue(unit),
                parse.GetValue(groups) is { Length: > 0 } named ? string.Join(',', named) : null,
                cancellation);
            session.Write(
                () => JsonOutput.From(answer, AdminJson.Default.ExplainAnswer),
                () => Picture(answer),
                answer.Capability is null ? [] : [$"strangler status {answer.Capability}"]);
            return ExitCode.Ok;
        }));
        return verb;
    }

    private static Rows Picture(ExplainAnswer answer)
    {
        IRenderable facts = Tables.Facts(
            ("side", answer.Side),
            ("reason", answer.Reason),
            ("capability", answer.Capability),
            ("rule", answer.Rule),
            ("operation", answer.Operation),
            ("stage", answer.Stage),
            ("bucket", answer.BucketPercent is { } bucket ? $"{bucket:0.###} % (new side when below the share)" : null),
            ("share", answer.Share is { } share ? Words.Percent(share) : null),
            ("otherwise", answer.Otherwise),
            ("target", answer.Target),
            ("plan", Words.Count(answer.Plan)));
        return new Rows(new Text(Words.Safe(answer.Sentence)), Text.Empty, facts);
    }
}
