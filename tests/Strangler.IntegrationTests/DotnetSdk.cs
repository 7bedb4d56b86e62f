using Strangler.Demo.Processes;

namespace Strangler.IntegrationTests;

/// <summary>The SDK's command, without build servers that would outlive the test.</summary>
internal static class DotnetSdk
{
    private static readonly string[] Building = ["-nodeReuse:false", "-p:UseSharedCompilation=false"];

    /// <summary>Runs a build command.</summary>
    /// <param name="folder">Where its log goes.</param>
    /// <param name="command">The command, such as <c>build</c>, and its arguments.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="variables">Environment variables added for it; a null value takes one away.</param>
    /// <exception cref="ChildFailedException">It fails; the message quotes the end of its output.</exception>
    public static Task RunAsync(
        string folder, IReadOnlyList<string> command, CancellationToken cancellation, IReadOnlyDictionary<string, string?>? variables = null) =>
        ChildProcess.RunAsync(
            new ChildCommand
            {
                Name = $"dotnet {command[0]}",
                Command = ["dotnet", .. command, .. command[0] is "build" or "msbuild" ? Building : []],
                LogFile = Path.Combine(folder, $"{command[0]}.log"),
                PidFile = Path.Combine(folder, $"{command[0]}.pid"),

                // A test run that was itself started by a build must not lend its build its own settings.
                Environment = new Dictionary<string, string?>(variables ?? new Dictionary<string, string?>(), StringComparer.Ordinal)
                {
                    ["MSBUILD_EXE_PATH"] = null,
                    ["MSBuildExtensionsPath"] = null,
                    ["MSBuildSDKsPath"] = null,
                    ["MSBuildLoadMicrosoftTargetsReadOnly"] = null,
                },
            },
            cancellation);
}
