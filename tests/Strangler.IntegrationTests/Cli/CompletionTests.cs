using System.Diagnostics;
using Shouldly;

namespace Strangler.IntegrationTests.Cli;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("strangler pro", "promote")]
    [InlineData("strangler promote catalog --to sha", "shadow")]
    public async Task Bash_ThatHasSourcedTheScript_CompletesTheWord(string line, string expected)
    {
        var folder = Directory.CreateTempSubdirectory("completion-");
        try
        {
            var program = Path.Combine(folder.FullName, "strangler");
            await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec dotnet {Path.Combine(AppContext.BaseDirectory, "strangler.dll")} \"$@\"\n", TestContext.Current.CancellationToken);
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            var words = line.Split(' ');
            var script = $$"""
                source <(strangler completion bash)
                complete -p strangler >/dev/null || exit 9
                COMP_LINE='{{line}}'; COMP_POINT={{line.Length}}; COMP_WORDS=({{string.Join(' ', words)}}); COMP_CWORD={{words.Length - 1}}
                _strangler
                printf '%s\n' "${COMPREPLY[@]}"
                """;
            var start = new ProcessStartInfo("bash", ["--norc", "-c", script]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["PATH"] = $"{folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";

            using var bash = Process.Start(start)!;
            var run = await CliProcess.EndOfAsync(bash);

            (run.ExitCode, run.Out.Trim()).ShouldBe((0, expected), run.Error);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
