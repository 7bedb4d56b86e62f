using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Strangler.Cli.Output;
using Strangler.Core.Rules;

namespace Strangler.Cli.Verbs.Init;

/// <summary><c>strangler init LEGACY_URL</c>: a first rules file, ready to run. Asks no edge.</summary>
/// <param name="createHandler">Makes the transport to the monolith.</param>
internal sealed class InitVerb(Func<HttpMessageHandler> createHandler)
{
    private const string DefaultFile = "routing-rules/strangler.yaml";

    // Where './strangler run' puts the edge.
    private static readonly string[] EdgeAddresses = ["http://127.0.0.1:8080", "http://127.0.0.1:8081"];

    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    /// <param name="createHandler">Makes the transport to the monolith.</param>
    public static Verb Create(SessionRunner runner, Func<HttpMessageHandler> createHandler)
    {
        var legacy = Arguments.NoOption(new Argument<string>("LEGACY_URL") { Description = "Address of the monolith: scheme, host and port." });
        var file = new Option<string>("--out")
        {
            Description = "File to write; never overwritten.",
            HelpName = "FILE",
            DefaultValueFactory = _ => DefaultFile,
        };
        var capability = new Option<string?>("--capability") { Description = "A capability to start with; else one stands there as a comment.", HelpName = "NAME" };
        var verb = new Verb(
            "init",
            "Writes a first rules file for a monolith. Looks at its address with three GETs at most, but works without an answer.",
            "strangler init http://127.0.0.1:5100")
        {
            legacy,
            file,
            capability,
        };
        var init = new InitVerb(createHandler);
        verb.SetAction(runner.Run((session, parse, cancellation) =>
            init.RunAsync(session, parse.GetValue(legacy)!, parse.GetValue(file)!, parse.GetValue(capability), cancellation)));
        return verb;
    }

    private async Task<ExitCode> RunAsync(Session session, string url, string file, string? capability, CancellationToken cancellation)
    {
        var address = ReadAddress(url);
        // Before anything is asked of the monolith: a wrong name or an edge's own address is known now.
        var rules = Render(address, capability, cookie: null, file);
        if (File.Exists(file))
        {
            throw new CliException(ExitCode.Failed, $"{file} exists already; nothing was written. Name another file with --out.");
        }

        var look = await MonolithLook.TakeAsync(address, createHandler, session.Time, cancellation);
        if (look.SessionCookie is { } cookie)
        {
            rules = Render(address, capability, cookie, file);
        }

        FirstFiles.Write(file, rules);
        session.Write(
            () => Document(file, address, capability, look),
            () => new Text($"{Words.Safe(file)}: written.\n{address} {look.Sentence}"),
            [$"strangler validate {file}", $"./strangler run {file}", "strangler status"]);
        return ExitCode.Ok;
    }

    private static Uri ReadAddress(string url)
    {
        // Not repeated when there is an '@' in it: it may be a password, and this goes to screens and logs.
        var shown = url.Contains('@', StringComparison.Ordinal) ? "LEGACY_URL" : $"LEGACY_URL '{url}'";
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0
            && address.PathAndQuery == "/" && address.Fragment.Length == 0
            ? new Uri(address.GetLeftPart(UriPartial.Authority))
            : throw new CliException(ExitCode.Usage, $"{shown} is no address of a monolith. Give scheme, host and port, such as http://127.0.0.1:5100.");
    }

    private static string Render(Uri address, string? capability, string? cookie, string file)
    {
        var text = FirstRules.Render(address, capability, cookie);
        var result = RulesParser.Parse([new RulesFile(file, text)], new RulesOptions { EdgeAddresses = EdgeAddresses });
        return result.Errors.FirstOrDefault() is { } error
            ? throw new CliException(ExitCode.Usage, $"{error.Message}{(error.Hint is null ? "" : $" ({error.Hint})")}.")
            : text;
    }

    private static JsonObject Document(string file, Uri address, string? capability, MonolithLook look) => new()
    {
        ["file"] = file,
        ["capability"] = capability,
        ["legacy"] = new JsonObject
        {
            ["address"] = address.AbsoluteUri,
            ["answers"] = look.Status is not null,
            ["status"] = look.Status,
            ["sessionCookie"] = look.SessionCookie,
            ["openApi"] = look.OpenApi,
        },
    };
}
