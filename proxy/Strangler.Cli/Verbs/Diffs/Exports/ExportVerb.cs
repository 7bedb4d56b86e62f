using System.CommandLine;
using System.Text;
using Strangler.Cli.Api;
using Strangler.Cli.Output;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Diffs.Exports;

/// <summary><c>strangler diffs export [CAP] --as FORMAT [--out FILE]</c>: the groups for other tools.</summary>
internal static class ExportVerb
{
    private const int MaxGroups = 1_000;

    private static readonly Dictionary<string, Func<DifferencesAnswer, DateTimeOffset, string>> Formats = new(StringComparer.Ordinal)
    {
        ["xunit"] = (answer, _) => XunitExport.Write(answer.Groups),
        ["junit"] = (answer, now) => JunitExport.Write(answer.Groups, now),
        ["json"] = (answer, _) => Json(answer),
        ["md"] = MarkdownExport.Write,
    };

    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Create(SessionRunner runner)
    {
        var formats = string.Join(", ", Formats.Keys);
        var capability = Arguments.OptionalCapability();
        var format = new Option<string>("--as") { Description = $"One of {formats}.", HelpName = "FORMAT", Required = true };
        format.CompletionSources.Add([.. Formats.Keys]);
        format.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } wanted && !Formats.ContainsKey(wanted)) result.AddError($"There is no format '{wanted}'. Formats are: {formats}.");
        });
        var file = new Option<string?>("--out") { Description = "The file to write; else standard output.", HelpName = "FILE" };
        var verb = new Verb(
            "export",
            "Writes the groups for other tools: xunit (a C# test class), junit (for CI), json, or md (for a merge request). No value of a request is in it.",
            "strangler diffs export catalog --as xunit --out CatalogDifferences.cs")
        {
            capability,
            format,
            file,
        };
        verb.SetAction(runner.Run(async (session, parse, cancellation) =>
        {
            var answer = await session.Edge.GetDifferencesAsync(parse.GetValue(capability), MaxGroups, cancellation);
            var text = Formats[parse.GetRequiredValue(format)](answer, session.Time.GetUtcNow());
            if (parse.GetValue(file) is not { } path)
            {
                await session.Terminal.Out.WriteAsync(text.AsMemory(), cancellation);
                return ExitCode.Ok;
            }

            await WriteAsync(path, text, cancellation);
            session.Tell($"{GroupWords.Many(answer.Groups.Count, "group")} written to {path}.");
            return ExitCode.Ok;
        }));
        return verb;
    }

    private static string Json(DifferencesAnswer answer)
    {
        using var text = new StringWriter { NewLine = "\n" };
        JsonOutput.Write(text, JsonOutput.From(answer, AdminJson.Default.DifferencesAnswer), []);
        return text.ToString();
    }

    private static async Task WriteAsync(string path, string text, CancellationToken cancellation)
    {
        try
        {
            await File.WriteAllTextAsync(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Failed, $"The file {path} cannot be written: {error.Message}");
        }
    }
}
