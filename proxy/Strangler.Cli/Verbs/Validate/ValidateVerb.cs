using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Strangler.Cli.Output;
using Strangler.Core.Admin;
using Strangler.Core.Rules;

namespace Strangler.Cli.Verbs.Validate;

/// <summary><c>strangler validate [FILE...]</c>: whether an edge would take these rules. Asks no edge.</summary>
internal static class ValidateVerb
{
    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Create(SessionRunner runner)
    {
        var paths = Arguments.NoOption(new Argument<string[]>("FILE")
        {
            Description = $"Rules files, or folders of them; else {RulesOnDisk.DefaultPath}.",
            Arity = ArgumentArity.ZeroOrMore,
        });
        var verb = new Verb(
            "validate",
            "Checks rules files without an edge, and says everything that is wrong with them at once.",
            "strangler validate routing-rules/strangler.yaml")
        {
            paths,
        };
        verb.SetAction(runner.Run((session, parse, _) => Task.FromResult(Validate(session, parse.GetValue(paths) ?? []))));
        return verb;
    }

    private static ExitCode Validate(Session session, IReadOnlyList<string> paths)
    {
        var files = RulesOnDisk.Read(paths);
        var result = RulesParser.Parse(files);
        AdminError[] errors =
        [
            .. result.Diagnostics.Select(found =>
                new AdminError(found.Message, found.Code, found.File, found.Line, found.Column, found.Hint)),
        ];
        if (errors.Length == 0)
        {
            session.Write(() => Document(files, errors), () => new Text(Summary(files, result)), ["strangler apply --dry-run"]);
            return ExitCode.Ok;
        }

        if (session.Format is OutputFormat.Json)
        {
            JsonOutput.Write(session.Terminal.Out, Document(files, errors), []);
        }
        else
        {
            RuleErrors.Write(session.Terminal.Out, errors);
        }

        session.Tell($"strangler: The rules have {Amount(errors.Length, "error")}.");
        return ExitCode.RulesInvalid;
    }

    private static string Summary(IReadOnlyList<RulesFile> files, RulesResult result)
    {
        var capabilities = result.Rules!.Capabilities;
        return $"{Words.Safe(string.Join(", ", files.Select(file => file.Name)))}: valid, "
            + $"{Amount(capabilities.Count, "capability", "capabilities")}, "
            + $"{Amount(capabilities.Sum(capability => capability.Operations.Count), "operation")}.";
    }

    private static JsonObject Document(IReadOnlyList<RulesFile> files, AdminError[] errors) => new()
    {
        ["valid"] = errors.Length == 0,
        ["files"] = new JsonArray([.. files.Select(file => (JsonNode)file.Name)]),
        ["errors"] = new JsonArray([.. errors.Select(error => JsonOutput.From(error, AdminJson.Default.AdminError))]),
    };

    private static string Amount(int count, string one, string? many = null) =>
        $"{Words.Count(count)} {(count == 1 ? one : many ?? one + "s")}";
}
