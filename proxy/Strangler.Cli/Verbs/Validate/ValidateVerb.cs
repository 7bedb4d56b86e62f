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
        var environment = new Option<string?>("--env")
        {
            Description = "Environment whose overlays count; else none do.",
            HelpName = "NAME",
        };
        var verb = new Verb(
            "validate",
            "Checks rules files without an edge, and says everything that is wrong with them at once.",
            "strangler validate routing-rules/strangler.yaml")
        {
            paths,
            environment,
        };
        verb.SetAction(runner.Run((session, parse, _) =>
            Task.FromResult(Validate(session, parse.GetValue(paths) ?? [], parse.GetValue(environment)))));
        return verb;
    }

    private static ExitCode Validate(Session session, IReadOnlyList<string> paths, string? environment)
    {
        var files = RulesOnDisk.Read(paths);
        var result = RulesParser.Parse(files, new RulesOptions { Environment = environment });
        var errors = result.Errors.Select(ToError).ToArray();
        var warnings = result.Warnings.Select(ToError).ToArray();
        if (errors.Length == 0)
        {
            session.Write(
                () => Document(files, errors, warnings),
                () => new Text(Summary(files, result, environment)),
                ["strangler apply --dry-run"]);
            if (session.Format is not OutputFormat.Json)
            {
                RuleErrors.Write(session.Terminal.Error, warnings, "warning ");
            }

            return ExitCode.Ok;
        }

        if (session.Format is OutputFormat.Json)
        {
            JsonOutput.Write(session.Terminal.Out, Document(files, errors, warnings), []);
        }
        else
        {
            RuleErrors.Write(session.Terminal.Out, errors);
            RuleErrors.Write(session.Terminal.Error, warnings, "warning ");
        }

        session.Tell($"strangler: The rules have {Amount(errors.Length, "error")}.");
        return ExitCode.RulesInvalid;
    }

    private static AdminError ToError(RuleDiagnostic found) =>
        new(found.Message, found.Code, found.File, found.Line, found.Column, found.Hint);

    private static string Summary(IReadOnlyList<RulesFile> files, RulesResult result, string? environment)
    {
        var capabilities = result.Rules!.Capabilities;
        var others = result.Environments.Where(name => name != environment).ToArray();
        return $"{Words.Safe(string.Join(", ", files.Select(file => file.Name)))}: valid"
            + (environment is null ? ", " : $" for {environment}, ")
            + $"{Amount(capabilities.Count, "capability", "capabilities")}, "
            + $"{Amount(capabilities.Sum(capability => capability.Operations.Count), "operation")}."
            + (others.Length == 0 ? "" : $" Not checked: --env {string.Join(", --env ", others)}.");
    }

    private static JsonObject Document(IReadOnlyList<RulesFile> files, AdminError[] errors, AdminError[] warnings) => new()
    {
        ["valid"] = errors.Length == 0,
        ["files"] = new JsonArray([.. files.Select(file => (JsonNode)file.Name)]),
        ["errors"] = ToJson(errors),
        ["warnings"] = ToJson(warnings),
    };

    private static JsonArray ToJson(AdminError[] findings) =>
        new([.. findings.Select(finding => JsonOutput.From(finding, AdminJson.Default.AdminError))]);

    private static string Amount(int count, string one, string? many = null) =>
        $"{Words.Count(count)} {(count == 1 ? one : many ?? one + "s")}";
}
