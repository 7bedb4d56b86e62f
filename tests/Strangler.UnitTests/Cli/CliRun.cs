using System.Text;
using Strangler.Cli;
using Strangler.Cli.Output;
using Xunit;

namespace Strangler.UnitTests.Cli;

/// <summary>The command in this process, with everything outside it replaced.</summary>
internal sealed class CliRun
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 17, 40, 0, TimeSpan.Zero);

    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();

    public ScriptedEdge Edge { get; } = new();

    public ManualTime Time { get; } = new(Now);

    public Dictionary<string, string?> Variables { get; } = new(StringComparer.Ordinal) { ["STRANGLER_TOKEN"] = "secret" };

    /// <summary>What somebody types; null for no terminal at all.</summary>
    public string? Typed { get; init; }

    public bool HasCursor { get; init; }

    public bool HasColor { get; init; }

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    public Task<int> RunAsync(params string[] args) => RunUntilAsync(TestContext.Current.CancellationToken, args);

    /// <summary>Runs the command until it ends or is stopped, as by Ctrl-C.</summary>
    public async Task<int> RunUntilAsync(CancellationToken stop, params string[] args)
    {
        using var output = new StringWriter(_out) { NewLine = "\n" };
        using var error = new StringWriter(_error) { NewLine = "\n" };
        var terminal = new Terminal
        {
            In = new StringReader(Typed ?? ""),
            Out = output,
            Error = error,
            CanAsk = Typed is not null,
            HasCursor = HasCursor,
            HasColor = HasColor,
            Width = 80,
        };
        return await CliApp.RunAsync(
            args,
            new CliEnvironment(terminal, Time, name => Variables.GetValueOrDefault(name), () => Edge),
            stop);
    }
}
