using System.CommandLine;

namespace Strangler.Cli.Verbs;

/// <summary>One verb of the command, with the example that its help shows.</summary>
/// <param name="name">The verb.</param>
/// <param name="description">What it does, in a sentence or two.</param>
/// <param name="example">One command line that makes sense as it stands.</param>
internal sealed class Verb(string name, string description, string example) : Command(name, description)
{
    /// <summary>One command line that makes sense as it stands.</summary>
    public string Example { get; } = example;

    /// <summary>The words that call it, without the name of the program: <c>token create</c>.</summary>
    public string Words => Parents.OfType<Verb>().FirstOrDefault() is { } parent ? $"{parent.Words} {Name}" : Name;
}
