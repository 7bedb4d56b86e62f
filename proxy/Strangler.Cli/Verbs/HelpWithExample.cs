using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Strangler.Cli.Verbs;

/// <summary>The library's help, and the example of the verb below it.</summary>
internal sealed class HelpWithExample : SynchronousCommandLineAction
{
    private readonly HelpAction _help;

    /// <summary>Wraps the library's help.</summary>
    /// <param name="help">What writes the help.</param>
    /// <param name="width">Columns of a line.</param>
    public HelpWithExample(HelpAction help, int width)
    {
        _help = help;
        _help.MaxWidth = width;
    }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var exit = _help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is Verb verb)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Example:");
            output.WriteLine($"  {verb.Example}");
        }

        return exit;
    }
}
