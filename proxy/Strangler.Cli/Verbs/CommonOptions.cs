using System.CommandLine;
using Strangler.Cli.Api;
using Strangler.Cli.Output;

namespace Strangler.Cli.Verbs;

/// <summary>Options that every verb has.</summary>
internal sealed class CommonOptions
{
    /// <summary>Address of the edge.</summary>
    public Option<string?> Url { get; } = new("--url")
    {
        Description = $"Management address of the edge; else {Connection.AddressVariable}, else {Connection.DefaultAddress}.",
        HelpName = "URL",
        Recursive = true,
    };

    /// <summary>How to write data.</summary>
    public Option<OutputFormat> Output { get; } = CreateOutput();

    private static Option<OutputFormat> CreateOutput()
    {
        var option = new Option<OutputFormat>("--output", "-o")
        {
            Description = "How to write data: table for people, json for programs.",
            HelpName = "table|json",
            Recursive = true,
            CustomParser = result =>
            {
                switch (result.Tokens.Single().Value)
                {
                    case "table":
                        return OutputFormat.Table;
                    case "json":
                        return OutputFormat.Json;
                    default:
                        result.AddError($"--output is '{result.Tokens[0].Value}', but can only be table or json.");
                        return default;
                }
            },
        };
        option.CompletionSources.Add("table", "json");
        return option;
    }
}
