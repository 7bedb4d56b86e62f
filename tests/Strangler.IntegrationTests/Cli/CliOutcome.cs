namespace Strangler.IntegrationTests.Cli;

/// <summary>What a run of the command left behind.</summary>
internal sealed record CliOutcome(int ExitCode, string Out, string Error);
