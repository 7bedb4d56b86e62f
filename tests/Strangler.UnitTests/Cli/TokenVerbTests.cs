using Shouldly;
using Strangler.Core.Admin;
using Xunit;

namespace Strangler.UnitTests.Cli;

public sealed class TokenVerbTests
{
    private static readonly TokenInfo Ci = new("ci", "viewer", CliRun.Now.AddDays(-2), CliRun.Now.AddDays(90), Expired: false);

    [Fact]
    public async Task Create_Always_WritesTheSecretAloneToStandardOutput()
    {
        var run = Looked();
        run.Edge.Answers(new TokenAnswer(13, Ci, "stg_secret"), AdminJson.Default.TokenAnswer);

        (await run.RunAsync("token", "create", "ci", "--role", "viewer", "--expires", "90d", "--yes", "--reason", "report")).ShouldBe(0);

        run.Edge.Asked[1].ShouldBe("""POST /admin/v1/tokens "12" {"reason":"report","name":"ci","role":"viewer","expiresInSeconds":7776000}""");
        run.Out.ShouldBe("stg_secret\n");
        run.Error.ShouldBe("""
            strangler token create ci: done, plan 13 is in force.
              token ci: role viewer, good until 2027-02-18 17:40Z
            Keep it now: it is shown this once.

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Create_DryRun_ShowsNoSecret()
    {
        var run = Looked();
        run.Edge.Answers(new TokenAnswer(12, Ci with { ExpiresAt = null }), AdminJson.Default.TokenAnswer);

        (await run.RunAsync("token", "create", "ci", "--role", "viewer", "--dry-run")).ShouldBe(4);

        run.Out.ShouldBe("strangler token create ci would change (plan 12 is in force):\n  token ci: role viewer, never expires\n");
    }

    [Fact]
    public async Task Revoke_Named_AsksForTheToken()
    {
        var run = Looked();
        run.Edge.Answers(new TokenAnswer(13, Ci), AdminJson.Default.TokenAnswer);

        (await run.RunAsync("token", "revoke", "ci", "--yes", "--reason", "it leaked & more")).ShouldBe(0);

        run.Edge.Asked[1].ShouldBe("DELETE /admin/v1/tokens/ci?reason=it%20leaked%20%26%20more \"12\"");
        run.Out.ShouldStartWith("strangler token revoke ci: done, plan 13 is in force.\n  token ci: revoked\n");
    }

    [Fact]
    public async Task List_SomeTokens_FitsEightyColumns()
    {
        var run = new CliRun();
        run.Edge.Answers(
            new TokensAnswer(12, [Ci, new TokenInfo("mia", "migrator", CliRun.Now.AddMinutes(-6), null, false), new TokenInfo("old", "qa", CliRun.Now.AddDays(-99), CliRun.Now.AddDays(-9), true)]),
            AdminJson.Default.TokensAnswer);

        (await run.RunAsync("token", "list")).ShouldBe(0);

        run.Out.ShouldBe("""
            NAME  ROLE      MADE       GOOD UNTIL
            ci    viewer    2 d ago    2027-02-18 17:40Z
            mia   migrator  6 min ago  for ever
            old   qa        99 d ago   EXPIRED

            Next: strangler token create NAME --role viewer

            """.ReplaceLineEndings("\n"));
    }

    private static CliRun Looked()
    {
        var run = new CliRun();
        run.Edge.Answers(Samples.State(Samples.Catalog), AdminJson.Default.CapabilitiesAnswer);
        return run;
    }
}
