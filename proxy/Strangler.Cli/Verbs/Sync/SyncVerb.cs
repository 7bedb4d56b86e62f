using System.CommandLine;
using Strangler.Cli.Api;

namespace Strangler.Cli.Verbs.Sync;

/// <summary><c>strangler sync</c>: what the adapters do between the two stores.</summary>
internal static class SyncVerb
{
    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Create(SessionRunner runner)
    {
        var adapters = new Option<string?>("--adapters")
        {
            Description = $"Address of the adapters; else {AdaptersConnection.AddressVariable}, else {AdaptersConnection.DefaultAddress}.",
            HelpName = "URL",
            Recursive = true,
        };
        return new Verb("sync", "Looks at, fills, compares and repairs what the adapters keep in step.", "strangler sync status")
        {
            adapters,
            SyncStatusVerb.Create(runner, adapters),
            SyncPreviewVerb.Create(runner, adapters),
            BackfillVerb.Create(runner, adapters),
            CompareVerb.Create(runner, adapters),
            RepairVerb.Create(runner, adapters),
            DeadLettersVerb.Create(runner, adapters),
            PauseVerb.Create(runner, adapters, PauseVerb.Pause),
            PauseVerb.Create(runner, adapters, PauseVerb.Resume),
        };
    }

    /// <summary>The capability that a verb is about.</summary>
    public static Argument<string> Capability() => Arguments.NoOption(new Argument<string>("CAP") { Description = "Name of the stream: the capability whose data it brings over." });
}
