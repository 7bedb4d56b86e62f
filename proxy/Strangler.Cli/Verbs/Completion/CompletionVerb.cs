using System.CommandLine;
using System.Text.Json.Nodes;
using Strangler.Cli.Output;

namespace Strangler.Cli.Verbs.Completion;

/// <summary><c>strangler completion SHELL</c>: the script that makes a shell complete this command.</summary>
internal static class CompletionVerb
{
    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Create(SessionRunner runner)
    {
        var shells = string.Join(", ", CompletionScripts.Shells);
        var shell = Arguments.NoOption(new Argument<string>("SHELL") { Description = $"One of {shells}." });
        shell.CompletionSources.Add([.. CompletionScripts.Shells]);
        shell.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } wanted && !CompletionScripts.Shells.Contains(wanted, StringComparer.Ordinal))
            {
                result.AddError($"There is no script for '{wanted}'. Shells are: {shells}.");
            }
        });
        var verb = new Verb("completion", "Writes the script that makes a shell complete verbs, options and stages.", "strangler completion bash")
        {
            shell,
        };
        verb.SetAction(runner.Run((session, parse, _) =>
        {
            var wanted = parse.GetRequiredValue(shell);
            var script = CompletionScripts.Of(wanted).ReplaceLineEndings("\n");
            if (session.Format is OutputFormat.Json)
            {
                JsonOutput.Write(session.Terminal.Out, new JsonObject { ["shell"] = wanted, ["script"] = script }, []);
            }
            else
            {
                session.Terminal.Out.Write(script);
            }

            return Task.FromResult(ExitCode.Ok);
        }));
        return verb;
    }
}
