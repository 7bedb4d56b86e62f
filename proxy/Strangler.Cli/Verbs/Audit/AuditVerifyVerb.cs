using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Strangler.Cli.Output;
using Strangler.Core.Audit;

namespace Strangler.Cli.Verbs.Audit;

/// <summary><c>strangler audit verify [FILE] [--head HASH]</c>: whether the chain of the log holds.</summary>
internal static class AuditVerifyVerb
{
    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Create(SessionRunner runner)
    {
        var file = Arguments.NoOption(new Argument<string?>("FILE") { Description = "An exported log; else that of the edge.", Arity = ArgumentArity.ZeroOrOne });
        var head = new Option<string?>("--head") { Description = "A head that was remembered: finds a log whose end was cut off.", HelpName = "HASH" };
        head.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } hash && (hash.Length != 64 || !hash.All(char.IsAsciiHexDigit)))
            {
                result.AddError("--head is no hash: it has 64 hexadecimal digits.");
            }
        });
        var verb = new Verb("verify", "Checks the hash chain of the audit log and says which line does not fit; exit code 1 when one does not.", "strangler audit verify")
        {
            file,
            head,
        };
        verb.SetAction(runner.Run(async (session, parse, cancellation) =>
        {
            var text = parse.GetValue(file) is { } path ? Read(path) : await session.Edge.ExportAuditAsync(cancellation);
            var verdict = AuditCheck.Verify(LinesOf(text), parse.GetValue(head));
            session.Write(() => Document(verdict), () => Picture(verdict), verdict.IsIntact && verdict.Lines > 0 ? [$"strangler audit verify --head {verdict.Head}"] : []);
            if (verdict.IsIntact) return ExitCode.Ok;
            session.Tell("strangler: The audit log was tampered with, or is not whole.");
            return ExitCode.Failed;
        }));
        return verb;
    }

    // Every line counts, an empty one in the middle too; only the end of the last line is no line.
    private static string[] LinesOf(string text) => text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text).Split('\n');

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Usage, $"The file {path} cannot be read: {error.Message}");
        }
    }

    private static JsonObject Document(AuditVerdict verdict) => new()
    {
        ["intact"] = verdict.IsIntact,
        ["lines"] = verdict.Lines,
        ["head"] = verdict.Head,
        ["findings"] = new JsonArray([.. verdict.Findings.Select(finding => (JsonNode)new JsonObject
        {
            ["line"] = finding.Line,
            ["fault"] = JsonNames.Of(finding.Fault),
            ["message"] = finding.Message,
        })]),
    };

    private static Rows Picture(AuditVerdict verdict) => new(
        [
            .. verdict.Findings.Select(finding => new Text(Words.Safe($"line {finding.Line}: {JsonNames.Of(finding.Fault)}: {finding.Message}"), finding.IsTampering ? Color.Red : Color.Yellow)),
            new Text($"{Words.Count(verdict.Lines)} lines, {(verdict.IsIntact ? "intact" : "NOT intact")}."),
            new Text($"head {(verdict.Head.Length == 0 ? Words.None : verdict.Head)}", Tables.Quiet),
        ]);
}
