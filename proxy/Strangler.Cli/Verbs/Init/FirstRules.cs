using System.Text;
using Strangler.Core.Rules;

namespace Strangler.Cli.Verbs.Init;

/// <summary>The text of a first rules file: valid as it stands, and a place to read on.</summary>
internal static class FirstRules
{
    private const string ExampleName = "catalog";
    private const string ExampleCookie = "JSESSIONID";

    /// <summary>Renders the file.</summary>
    /// <param name="legacy">Address of the monolith.</param>
    /// <param name="capability">A capability to start with; null for one in comments.</param>
    /// <param name="cookie">The monolith's session cookie; null when it is not known.</param>
    public static string Render(Uri legacy, string? capability, string? cookie)
    {
        var text = new StringBuilder();
        text.Append(
            $$"""
            # yaml-language-server: $schema=schema/strangler.v1.schema.json
            # The first rules of a migration. docs/rules.md explains every key; 'strangler validate' checks them without an edge.
            apiVersion: {{RulesParser.ApiVersion}}

            # The monolith. It gets every request that no capability claims, and all of them until somebody promotes one.
            legacy:
              destinations: ["{{legacy.GetLeftPart(UriPartial.Authority)}}"]
              # Requests per second it can still take in all; ask those who watch it.
              # capacity: 400

            # Whom a decision sticks to: the account, else the monolith's session, else the visitor.

            """);
        Append(text, isComment: cookie is null,
            $$"""
            unit:
              session: { cookie: "{{cookie ?? ExampleCookie}}" }
              # A visitor without session gets an id of its own, in a signed cookie:
              # visitor: mint

            """);
        text.Append(
            """

            # What moves as one. The new service may still be down: nothing is sent to it before the stage 'shadow'.

            """);
        Append(text, isComment: capability is null,
            $$"""
            capabilities:
              {{capability ?? ExampleName}}:
                # team: storefront
                new: { destinations: ["http://127.0.0.1:5201"] }
                operations:
                  # Patterns stand in quotes: {id} takes one segment, {**rest} all that is left.
                  - { match: "GET /api/{{capability ?? ExampleName}}", semantics: safe }
                  - { match: "GET /api/{{capability ?? ExampleName}}/{id}", semantics: safe }
                # In the stage 'shadow' this share of the safe requests is asked of both sides and compared.
                shadow: { sample: 10% }
                # What must be shown before it goes up; without it the judgement is yours alone.
                # gate: { max-mismatch: 0.1%, confidence: 95%, max-p95-ratio: 1.25 }

            """);
        return text.ToString();
    }

    private static void Append(StringBuilder text, bool isComment, string section)
    {
        foreach (var line in section.TrimEnd('\n').Split('\n'))
        {
            text.Append(isComment ? "# " : "").Append(line).Append('\n');
        }
    }
}
