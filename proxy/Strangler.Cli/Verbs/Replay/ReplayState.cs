namespace Strangler.Cli.Verbs.Replay;

/// <summary>How far a replay is, and all that it has found: what it is resumed from.</summary>
/// <param name="Recording">SHA-256 of the recording.</param>
/// <param name="Rules">Version of the rules and addresses.</param>
/// <param name="Key">Key of the tokens, so that equal values keep equal tokens.</param>
/// <param name="Done">Requests of the recording that are done with, from its start.</param>
/// <param name="Equal">Requests whose answers were equal.</param>
/// <param name="Different">Requests whose answers differ.</param>
/// <param name="Undetermined">Requests that differ only where legacy contradicts itself.</param>
/// <param name="Skipped">Requests that were not sent or not compared, by reason.</param>
/// <param name="Groups">The differences.</param>
internal sealed record ReplayState(
    string Recording,
    string Rules,
    byte[] Key,
    int Done,
    long Equal,
    long Different,
    long Undetermined,
    IReadOnlyDictionary<string, long> Skipped,
    IReadOnlyList<ReplayGroup> Groups);

