using System.Security.Cryptography;
using System.Text.Json;
using Strangler.Core.Compare;

namespace Strangler.Cli.Verbs.Replay;

/// <summary>The file that a replay is resumed from. Only its owner may read it: it holds the key of the tokens.</summary>
internal static class ReplayFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The state to go on from: that of the file, or a new one.</summary>
    /// <param name="file">Name of the file; null for none.</param>
    /// <param name="recording">SHA-256 of the recording.</param>
    /// <param name="rules">Version of rules and addresses.</param>
    /// <exception cref="CliException">The file belongs to another run, or is none of ours.</exception>
    public static ReplayState Read(string? file, string recording, string rules)
    {
        if (file is null || !File.Exists(file))
            return new ReplayState(recording, rules, RandomNumberGenerator.GetBytes(ValueTokens.MinKeyBytes), 0, 0, 0, 0, new Dictionary<string, long>(StringComparer.Ordinal), []);
        var state = Parse(file);
        if (state.Recording != recording) throw new CliException(ExitCode.Usage, $"{file} is of another recording. Name another file to begin anew.");
        return state.Rules == rules
            ? state
            : throw new CliException(ExitCode.Usage, $"{file} was made with other rules or addresses. Name another file to begin anew.");
    }

    /// <summary>Writes the state, whole or not at all.</summary>
    public static void Write(string file, ReplayState state)
    {
        var next = file + ".next";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var stream = new FileStream(next, options))
        {
            JsonSerializer.Serialize(stream, state, ReplayJson.Default.ReplayState);
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, file, overwrite: true);
    }

    private static ReplayState Parse(string file)
    {
        try
        {
            if (JsonSerializer.Deserialize(File.ReadAllText(file), ReplayJson.Default.ReplayState) is { Done: >= 0, Key.Length: >= ValueTokens.MinKeyBytes } state) return state;
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new CliException(ExitCode.Usage, $"{file} is no file of a replay. Name another one.");
    }
}
