using Spectre.Console;
using Spectre.Console.Rendering;

namespace Strangler.Cli.Output;

/// <summary>The three streams of the command and what can be done with them.</summary>
internal sealed class Terminal
{
    private const int DefaultWidth = 80;

    /// <summary>Answers to questions are read here.</summary>
    public required TextReader In { get; init; }

    /// <summary>Data goes here, and nothing else.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Messages and questions go here.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether somebody is there to answer a question.</summary>
    public bool CanAsk { get; init; }

    /// <summary>Whether <see cref="Out"/> is a terminal whose cursor can be moved.</summary>
    public bool HasCursor { get; init; }

    /// <summary>Whether <see cref="Out"/> may be coloured.</summary>
    public bool HasColor { get; init; }

    /// <summary>Columns of a line.</summary>
    public int Width { get; init; } = DefaultWidth;

    /// <summary>The streams of this process.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static Terminal OfProcess(Func<string, string?> variable)
    {
        var hasCursor = !Console.IsOutputRedirected && variable("TERM") is not "dumb";
        return new Terminal
        {
            In = Console.In,
            Out = Console.Out,
            Error = Console.Error,
            CanAsk = !Console.IsInputRedirected && !Console.IsErrorRedirected,
            HasCursor = hasCursor,
            HasColor = hasCursor && string.IsNullOrEmpty(variable("NO_COLOR")),
            Width = WidthOfProcess(variable),
        };
    }

    /// <summary>A Spectre console on <see cref="Out"/>.</summary>
    /// <remarks>Everything is said explicitly: left to itself, Spectre 0.49.1 writes escape codes into pipes.</remarks>
    public IAnsiConsole CreateConsole() => CreateConsole(Out);

    /// <summary>Writes a picture to <see cref="Out"/>.</summary>
    /// <param name="picture">What to write.</param>
    public void Write(IRenderable picture)
    {
        if (HasCursor)
        {
            CreateConsole().Write(picture);
            return;
        }

        using var text = new StringWriter { NewLine = "\n" };
        CreateConsole(text).Write(picture);
        // Tables are padded to their full width, which nobody wants in a file.
        foreach (var line in text.ToString().TrimEnd('\n').Split('\n'))
        {
            Out.WriteLine(line.TrimEnd());
        }
    }

    private IAnsiConsole CreateConsole(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = HasCursor ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = HasColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = Width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    private static int WidthOfProcess(Func<string, string?> variable)
    {
        if (int.TryParse(variable("COLUMNS"), out var columns) && columns > 0)
        {
            return columns;
        }

        return !Console.IsOutputRedirected && Console.WindowWidth > 0 ? Console.WindowWidth : DefaultWidth;
    }
}
