using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Strangler.Cli.Verbs.Validate;
using Strangler.Core.Model;
using Strangler.Core.Rules;

namespace Strangler.Cli.Verbs.Replay;

/// <summary><c>strangler replay --har FILE</c> or <c>--log FILE</c>: recorded safe requests, sent to both sides and compared. Asks no edge.</summary>
/// <param name="createHandler">Makes the transport to the sides.</param>
internal sealed class ReplayVerb(Func<HttpMessageHandler> createHandler)
{
    private const int DefaultRate = 20;
    private const int MaxRate = 10_000;
    private const int DefaultConcurrency = 4;
    private const int MaxConcurrency = 64;

    private readonly Option<string?> _har = new("--har") { Description = "An HTTP archive, as browsers export it.", HelpName = "FILE" };
    private readonly Option<string?> _log = new("--log") { Description = "An access log in the common or combined format.", HelpName = "FILE" };
    private readonly Option<string[]> _rules = new("--rules") { Description = $"Rules files, or folders of them; else {RulesOnDisk.DefaultPath}.", HelpName = "FILE" };
    private readonly Option<string?> _environment = new("--env") { Description = "Environment whose overlays count; else none do.", HelpName = "NAME" };
    private readonly Option<string?> _capability = new("--capability") { Description = "Only this capability.", HelpName = "CAP" };
    private readonly Option<string?> _legacy = new("--legacy") { Description = "Address of legacy; else that of the rules.", HelpName = "URL" };
    private readonly Option<string?> _new = new("--new") { Description = "Address of the new side; else that of the rules.", HelpName = "URL" };
    private readonly Option<string?> _resume = new("--resume") { Description = "File that keeps how far it is; a run with the same file goes on from there.", HelpName = "FILE" };
    private readonly Option<int> _rate = Whole("--rate", "Requests a second at most", MaxRate, DefaultRate);
    private readonly Option<int> _concurrency = Whole("--concurrency", "Requests under way at once", MaxConcurrency, DefaultConcurrency);

    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    /// <param name="createHandler">Makes the transport to the sides.</param>
    public static Verb Create(SessionRunner runner, Func<HttpMessageHandler> createHandler)
    {
        var replay = new ReplayVerb(createHandler);
        var verb = new Verb(
            "replay",
            "Sends the safe requests of a recording to both sides and compares the answers, without an edge and without production traffic; exits with 1 when they differ.",
            "strangler replay --log access.log --rate 50 --resume replay.json");
        foreach (Option option in (Option[])[replay._har, replay._log, replay._rules, replay._environment, replay._capability, replay._legacy, replay._new, replay._rate, replay._concurrency, replay._resume]) verb.Add(option);
        verb.Validators.Add(result =>
        {
            if (result.GetValue(replay._har) is null == result.GetValue(replay._log) is null) result.AddError("Name one recording: --har FILE or --log FILE.");
        });
        verb.SetAction(runner.Run(replay.RunAsync));
        return verb;
    }

    private async Task<ExitCode> RunAsync(Session session, ParseResult parse, CancellationToken cancellation)
    {
        var (legacy, @new) = (Address(parse.GetValue(_legacy), "--legacy"), Address(parse.GetValue(_new), "--new"));
        var rules = ReadRules(parse, out var version);
        var only = parse.GetValue(_capability);
        if (only is not null && !rules.Capabilities.Any(capability => capability.Name == only))
            throw new CliException(ExitCode.Usage, $"There is no capability '{only}' in the rules. They are: {string.Join(", ", rules.Capabilities.Select(capability => capability.Name))}.");

        var recording = parse.GetValue(_har) is { } har ? Recording.Read(har, HarReader.Read) : Recording.Read(parse.GetValue(_log)!, AccessLogReader.Read);
        var resume = parse.GetValue(_resume);
        var start = ReplayFile.Read(resume, recording.Hash, $"{version} {only} {legacy} {@new}");
        using var asker = new SideAsker(createHandler(), session.Time);
        var pace = new ReplayPace(parse.GetValue(_rate), parse.GetValue(_concurrency), session.Time);
        var run = new ReplayRun(session, recording, new ReplayRoute(rules, only, legacy, @new), asker, pace);
        var state = await run.RunAsync(start, kept =>
        {
            if (resume is not null) ReplayFile.Write(resume, kept);
        }, cancellation);

        session.Write(() => ReplayPicture.Document(state, recording), () => ReplayPicture.Of(state, recording), NextSteps(state, recording, resume));
        return state.Different > 0 || state.Done < recording.Requests.Count ? ExitCode.Failed : ExitCode.Ok;
    }

    private RuleSet ReadRules(ParseResult parse, out string version)
    {
        var files = RulesOnDisk.Read(parse.GetValue(_rules) ?? []);
        var result = RulesParser.Parse(files, new RulesOptions { Environment = parse.GetValue(_environment) });
        version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(files.Select(file => file.Text)) + parse.GetValue(_environment))));
        return result.Errors.FirstOrDefault() is { } error
            ? throw new CliException(ExitCode.RulesInvalid, $"The rules have errors, the first is {error.File}:{error.Line}:{error.Column} {error.Message}; strangler validate shows all.")
            : result.Rules!;
    }

    private static IReadOnlyList<string> NextSteps(ReplayState state, Recording recording, string? resume) =>
        state.Done >= recording.Requests.Count ? [] : [resume is null ? "name a file with --resume to go on after a stop" : $"the same command goes on from {resume}"];

    private static Uri? Address(string? text, string option)
    {
        if (text is null) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0 && address.PathAndQuery == "/"
            ? address
            : throw new CliException(ExitCode.Usage, $"{option} is no address of a side. Give scheme, host and port, such as http://127.0.0.1:5201.");
    }

    private static Option<int> Whole(string name, string description, int max, int fallback) => new(name)
    {
        Description = $"{description}, 1 to {max}.",
        HelpName = "N",
        DefaultValueFactory = _ => fallback,
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (int.TryParse(text, System.Globalization.NumberStyles.None, null, out var value) && value >= 1 && value <= max) return value;
            result.AddError($"{name} is '{text}', but must be 1 to {max}.");
            return fallback;
        },
    };
}
