namespace Strangler.UnitTests.Plans;

/// <summary>Rules with nothing in them but capabilities of one safe operation each.</summary>
internal static class PlainRules
{
    /// <summary>The text of a rules file.</summary>
    public static string Of(params IReadOnlyList<string> capabilities) =>
        """
        apiVersion: strangler/v1
        legacy: { destinations: ["http://127.0.0.1:5100"] }
        capabilities:

        """ + string.Concat(capabilities.Select((name, i) =>
            $$"""
              {{name}}:
                new: { destinations: ["http://127.0.0.1:{{5201 + i}}"] }
                operations: [ { match: "GET /api/{{name}}", semantics: safe } ]

            """));
}
