using System.Text.Json.Nodes;
using Strangler.Cli.Api;
using Strangler.Cli.Output;

namespace Strangler.Cli.Verbs.Changes;

/// <summary>The way of every change: look, preview, ask, do, say what was done.</summary>
/// <param name="session">The run.</param>
/// <param name="choices">How the change was asked for.</param>
/// <param name="title">What is to be done, such as <c>promote catalog</c>.</param>
/// <param name="send">Sends the change with a reason, really or as a preview.</param>
internal sealed class ChangeFlow(
    Session session,
    ChangeChoices choices,
    string title,
    Func<string, ChangeMode, CancellationToken, Task<ChangeResult>> send)
{
    private const string PreviewReason = "preview";

    /// <summary>Previews, asks unless told not to, and changes.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="CliException">The change is not wanted, not possible, or not completely said.</exception>
    public async Task<ExitCode> RunAsync(CancellationToken cancellation)
    {
        choices.Require(session.Terminal, asks: true);
        var plan = choices.Plan ?? (await session.Edge.GetCapabilitiesAsync(cancellation)).Plan;
        if (choices.DryRun)
        {
            return await PreviewAsync(plan, cancellation);
        }

        if (!choices.Yes && !await AgreedAsync(plan, cancellation))
        {
            session.Tell("Nothing was changed.");
            return ExitCode.Failed;
        }

        return await ChangeAsync(plan, cancellation);
    }

    /// <summary>Changes at once, whatever the plan is and without a question: for emergencies.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="CliException">The change is not wanted, not possible, or not completely said.</exception>
    public async Task<ExitCode> RunAtOnceAsync(CancellationToken cancellation)
    {
        choices.Require(session.Terminal, asks: false);
        return choices.DryRun
            ? await PreviewAsync(choices.Plan, cancellation)
            : await ChangeAsync(choices.Plan, cancellation);
    }

    private async Task<ExitCode> PreviewAsync(long? plan, CancellationToken cancellation)
    {
        var preview = await send(choices.Reason ?? PreviewReason, new ChangeMode(plan, DryRun: true), cancellation);
        Write(preview, $"strangler {title} would change (plan {preview.Plan} is in force):", []);
        return preview.Changes.Count == 0 ? ExitCode.Ok : ExitCode.PreviewHasChanges;
    }

    private async Task<bool> AgreedAsync(long? plan, CancellationToken cancellation)
    {
        var preview = await send(choices.Reason ?? PreviewReason, new ChangeMode(plan, DryRun: true), cancellation);
        session.Tell($"strangler {title} will change (plan {preview.Plan} is in force):");
        foreach (var line in Lines(preview.Changes))
        {
            session.Tell(line);
        }

        var answer = await AskAsync("Go on? [y/N] ", cancellation);
        return answer is "y" or "Y" or "yes";
    }

    private async Task<ExitCode> ChangeAsync(long? plan, CancellationToken cancellation)
    {
        var reason = choices.Reason ?? await AskAsync("Reason: ", cancellation);
        if (string.IsNullOrWhiteSpace(reason))
        {
            session.Tell("Nothing was changed: a change needs a reason.");
            return ExitCode.Failed;
        }

        var result = await send(reason, new ChangeMode(plan, DryRun: false), cancellation);
        Write(result, $"strangler {title}: done, plan {result.Plan} is in force.", result.NextSteps);
        if (result.InFlight > 0)
        {
            session.Tell($"{Words.Count(result.InFlight)} requests decided before are still on the new side.");
        }

        return ExitCode.Ok;
    }

    private async Task<string?> AskAsync(string question, CancellationToken cancellation)
    {
        await session.Terminal.Error.WriteAsync(question);
        await session.Terminal.Error.FlushAsync(cancellation);
        // A console cannot be read with cancellation; Ctrl-C must end the command all the same.
        var line = await Task.Run(session.Terminal.In.ReadLine, CancellationToken.None).WaitAsync(cancellation);
        return line?.Trim();
    }

    private void Write(ChangeResult result, string headline, IReadOnlyList<string> nextSteps)
    {
        if (session.Format is OutputFormat.Json)
        {
            var document = new JsonObject { ["dryRun"] = choices.DryRun };
            foreach (var (name, value) in result.Document.ToArray())
            {
                document[name] = value?.DeepClone();
            }

            JsonOutput.Write(session.Terminal.Out, document, nextSteps);
            return;
        }

        if (result.Secret is not null)
        {
            // Alone on standard output, so that a script can keep it without having to cut it out.
            session.Tell(headline);
            foreach (var line in Lines(result.Changes))
            {
                session.Tell(line);
            }

            session.Tell("Keep it now: it is shown this once.");
            session.Terminal.Out.WriteLine(result.Secret);
            return;
        }

        session.Terminal.Out.WriteLine(headline);
        foreach (var line in Lines(result.Changes))
        {
            session.Terminal.Out.WriteLine(line);
        }

        if (nextSteps.Count > 0)
        {
            session.Terminal.Write(Tables.Next(nextSteps));
        }
    }

    private static IEnumerable<string> Lines(IReadOnlyList<string> changes) =>
        changes.Count == 0 ? ["  nothing"] : changes.Select(change => $"  {Words.Safe(change)}");
}
