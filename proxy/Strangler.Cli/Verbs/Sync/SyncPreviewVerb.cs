using System.CommandLine;
using Spectre.Console;
using Spectre.Console.Rendering;
using Strangler.Cli.Output;
using Strangler.Core.Adapters;

namespace Strangler.Cli.Verbs.Sync;

/// <summary><c>strangler sync preview</c>: what installing the adapters would do.</summary>
internal static class SyncPreviewVerb
{
    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    /// <param name="adapters">Where the adapters are.</param>
    public static Verb Create(SessionRunner runner, Option<string?> adapters)
    {
        var verb = new Verb("preview", "Shows every statement that installing the adapters would run; exit code 1 when it would be refused.", "strangler sync preview");
        verb.SetAction(runner.Run(async (session, parse, cancellation) =>
        {
            var preview = await session.Adapters(parse.GetValue(adapters)).GetPreviewAsync(cancellation);
            session.Write(
                () => JsonOutput.From(preview, AdaptersJson.Default.InstallPreview),
                () => new Rows(PreviewText.Lines(preview, session.Terminal.Width - 1).Select(Line)),
                preview.Possible ? ["strangler sync status"] : []);
            return !preview.Possible ? ExitCode.Failed
                : preview.Stores.Any(store => store.Statements.Count > 0) ? ExitCode.PreviewHasChanges
                : ExitCode.Ok;
        }));
        return verb;
    }

    private static IRenderable Line(PreviewLine line) => new Text(Words.Safe(line.Text), line.Kind switch
    {
        PreviewLineKind.Refusal => Color.Red,
        PreviewLineKind.Warning => Color.Yellow,
        _ => Color.Default,
    });
}
