using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Strangler.Core.Admin;
using Strangler.Core.Model;
using Strangler.Proxy.Admin.Access;
using Strangler.Proxy.Plans;

namespace Strangler.Proxy.Admin;

/// <summary>The tokens of the admin API. They are part of the plan, so every edge knows the same; only their hashes are kept.</summary>
internal sealed partial class TokenEndpoints(ControlPlane control, StatusReader status, Wishes wishes, TimeProvider time)
{
    private const int MaxTokens = 200;
    private static readonly string[] Reserved = [Callers.Bootstrap, "edge"];

    public IResult List()
    {
        var state = control.State;
        var answer = new TokensAnswer(state.Plan, [.. state.Tokens.OrderBy(t => t.Name, StringComparer.Ordinal).Select(Info)]);
        return new TaggedResult(state.Plan, TypedResults.Json(answer, AdminJson.Default.TokensAnswer));
    }

    public async Task<IResult> CreateAsync(HttpContext context)
    {
        var (body, problem) = await Wishes.BodyAsync(context, AdminJson.Default.TokenRequest);
        if (body is null) return problem!;
        (var request, problem) = wishes.Conditions(context, body.Reason, anyPlan: true);
        if (request is null) return problem!;
        if (!Name().IsMatch(body.Name)) return Problem.Invalid($"'{body.Name}' is no name: 1 to 64 of a-z, 0-9, '.', '_' and '-'");
        if (Reserved.Contains(body.Name, StringComparer.Ordinal)) return Problem.Invalid($"the name '{body.Name}' is reserved");
        if (!TryRole(body.Role, out var role)) return Problem.Invalid($"there is no role '{body.Role}'; legal: {string.Join(", ", Enum.GetValues<Role>().Select(KebabNames<Role>.Of))}");
        if (body.ExpiresInSeconds is <= 0 or > int.MaxValue) return Problem.Invalid("expiresInSeconds must be above 0 and at most 2147483647");
        var secret = TokenSecret.New();
        var now = time.GetUtcNow();
        var token = new TokenRecord(body.Name, role, Convert.ToHexStringLower(TokenSecret.Hash(secret)), now, now.AddSeconds(body.ExpiresInSeconds ?? 0));
        if (body.ExpiresInSeconds is null) token = token with { ExpiresAt = null };
        var words = $"token {token.Name}: role {body.Role}, {(token.ExpiresAt is { } end ? $"expires {end:yyyy-MM-dd HH:mm} UTC" : "never expires")}";
        var result = await control.EditAsync("token", request, state =>
        {
            if (state.Tokens.Any(t => t.Name == token.Name)) return Edit.Refused(ChangeOutcome.Refused, $"there is a token '{token.Name}' already; revoke it first");
            return state.Tokens.Count >= MaxTokens
                ? Edit.Refused(ChangeOutcome.Refused, $"there are {MaxTokens} tokens already, the most that are kept; revoke some")
                : new Edit(state with { Tokens = [.. state.Tokens, token] }, [], [words]);
        }, CancellationToken.None);
        return Answer(result, token, request.DryRun ? null : secret);
    }

    public async Task<IResult> RevokeAsync(HttpContext context, string name, string? reason)
    {
        var (request, problem) = wishes.Conditions(context, reason, anyPlan: true);
        if (request is null) return problem!;
        TokenRecord? token = null;
        var result = await control.EditAsync("token", request, state =>
        {
            token = state.Tokens.FirstOrDefault(t => t.Name == name);
            return token is null
                ? Edit.Refused(ChangeOutcome.UnknownCapability, $"there is no token '{name}'; legal: {string.Join(", ", state.Tokens.Select(t => t.Name))}")
                : new Edit(state with { Tokens = [.. state.Tokens.Where(t => t.Name != name)] }, [], [$"token {name}: revoked"]);
        }, CancellationToken.None);
        return Answer(result, token, null);
    }

    private IResult Answer(ChangeResult result, TokenRecord? token, string? secret) => result.Outcome switch
    {
        ChangeOutcome.Done => new TaggedResult(result.Plan, TypedResults.Json(new TokenAnswer(result.Plan, Info(token!), secret), AdminJson.Default.TokenAnswer)),
        ChangeOutcome.Refused => Problem.Conflict(result.Message!),
        _ => Problem.From(result, status.All),
    };

    private TokenInfo Info(TokenRecord token) =>
        new(token.Name, KebabNames<Role>.Of(token.Role), token.CreatedAt, token.ExpiresAt, token.ExpiresAt <= time.GetUtcNow());

    private static bool TryRole(string name, out Role role)
    {
        foreach (var each in Enum.GetValues<Role>())
        {
            role = each;
            if (KebabNames<Role>.Of(each) == name) return true;
        }

        role = default;
        return false;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,63}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
