using System.CommandLine;
using Spectre.Console;
using Spectre.Console.Rendering;
using Strangler.Cli.Output;
using Strangler.Cli.Verbs.Changes;
using Strangler.Core.Admin;
using Strangler.Core.Model;

namespace Strangler.Cli.Verbs.Tokens;

/// <summary><c>strangler token create|list|revoke</c>: who may use the admin API, and for what.</summary>
internal static class TokenVerb
{
    private static readonly string[] Roles = [.. Enum.GetValues<Role>().Select(JsonNames.Of)];

    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Create(SessionRunner runner) => new("token", "Makes, lists and revokes tokens of the admin API.", "strangler token list")
    {
        CreateVerb(runner),
        ListVerb(runner),
        RevokeVerb(runner),
    };

    private static Verb CreateVerb(SessionRunner runner)
    {
        var name = Arguments.NoOption(new Argument<string>("NAME") { Description = "Who it speaks for: the actor in the audit log." });
        var role = new Option<string>("--role") { Description = $"What it may do: {string.Join(", ", Roles)}.", HelpName = "R", Required = true };
        role.CompletionSources.Add(Roles);
        role.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } wanted && !Roles.Contains(wanted, StringComparer.Ordinal))
            {
                result.AddError($"There is no role '{wanted}'. Roles are: {string.Join(", ", Roles)}.");
            }
        });
        var expires = Arguments.Duration("--expires", "How long it is good, such as 90d or 12h; else for ever.");
        var options = new ChangeOptions();
        var verb = new Verb("create", "Makes a token and shows it this once.", "strangler token create ci --role viewer --expires 90d --reason \"reports\"")
        {
            name,
            role,
            expires,
        };
        options.AddTo(verb);
        verb.SetAction(runner.Run((session, parse, cancellation) =>
        {
            var body = new TokenRequest("", parse.GetRequiredValue(name), parse.GetRequiredValue(role), (long?)parse.GetValue(expires)?.TotalSeconds);
            return new ChangeFlow(session, options.Read(parse), $"token create {body.Name}", async (reason, how, token) =>
            {
                var answer = await session.Edge.CreateTokenAsync(body with { Reason = reason }, how, token);
                return Result(answer, $"token {answer.Token.Name}: role {answer.Token.Role}, {Expiry(answer.Token)}");
            }).RunAsync(cancellation);
        }));
        return verb;
    }

    private static Verb RevokeVerb(SessionRunner runner)
    {
        var name = Arguments.NoOption(new Argument<string>("NAME") { Description = "Name of the token." });
        var options = new ChangeOptions();
        var verb = new Verb("revoke", "Revokes a token; every edge refuses it from the next plan on.", "strangler token revoke ci --reason \"report is gone\"")
        {
            name,
        };
        options.AddTo(verb);
        verb.SetAction(runner.Run((session, parse, cancellation) =>
        {
            var wanted = parse.GetRequiredValue(name);
            return new ChangeFlow(session, options.Read(parse), $"token revoke {wanted}", async (reason, how, token) =>
                Result(await session.Edge.RevokeTokenAsync(wanted, reason, how, token), $"token {wanted}: revoked")).RunAsync(cancellation);
        }));
        return verb;
    }

    private static Verb ListVerb(SessionRunner runner)
    {
        var verb = new Verb("list", "Lists the tokens, without their secrets.", "strangler token list");
        verb.SetAction(runner.Run(async (session, _, cancellation) =>
        {
            var answer = await session.Edge.GetTokensAsync(cancellation);
            var now = session.Time.GetUtcNow();
            session.Write(() => JsonOutput.From(answer, AdminJson.Default.TokensAnswer), () => Picture(answer, now), ["strangler token create NAME --role viewer"]);
            return ExitCode.Ok;
        }));
        return verb;
    }

    private static ChangeResult Result(TokenAnswer answer, string change) =>
        new(answer.Plan, [change], JsonOutput.From(answer, AdminJson.Default.TokenAnswer), ["strangler token list"], 0, answer.Secret);

    private static IRenderable Picture(TokensAnswer answer, DateTimeOffset now)
    {
        if (answer.Tokens.Count == 0)
        {
            return new Text("No tokens besides the bootstrap token that the edge was started with.");
        }

        var table = Tables.WithColumns("NAME", "ROLE", "MADE", "GOOD UNTIL");
        foreach (var token in answer.Tokens)
        {
            table.AddRow(
                new Text(Words.Safe(token.Name)),
                new Text(Words.Safe(token.Role)),
                new Text(Words.Ago(token.CreatedAt, now)),
                token.Expired ? new Text("EXPIRED", Color.Red) : new Text(token.ExpiresAt is { } end ? $"{end.UtcDateTime:yyyy-MM-dd HH:mm}Z" : "for ever"));
        }

        return table;
    }

    private static string Expiry(TokenInfo token) => token.ExpiresAt is { } end ? $"good until {end.UtcDateTime:yyyy-MM-dd HH:mm}Z" : "never expires";
}
