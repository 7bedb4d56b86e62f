using Strangler.Core.Model;
using Strangler.Core.Routing;

namespace Strangler.UnitTests;

/// <summary>Plans with one capability, <c>catalog</c>, and one operation.</summary>
internal static class TestPlan
{
    public const string Capability = "catalog";
    public const string OperationId = "GET /api/products/{sku}";

    public static Plan At(Stage stage, double share = 0, bool killed = false, long number = 1, Semantics semantics = Semantics.Safe) =>
        new(number, Rules(semantics), new Dictionary<string, CapabilityState>(StringComparer.Ordinal)
        {
            [Capability] = new(stage, share, killed),
        });

    /// <summary>An operation of a plan that has no other.</summary>
    public static OperationPlan With(OperationRules operation, Stage stage, double share = 0, bool killed = false) =>
        new Plan(1, Rules(operation), new Dictionary<string, CapabilityState>(StringComparer.Ordinal) { [Capability] = new(stage, share, killed) })
            .FindOperation(operation.Id)!;

    public static RuleSet Rules(Semantics semantics = Semantics.Safe) => Rules(Operation("GET", "/api/products/{sku}", semantics));

    public static RuleSet Rules(params OperationRules[] operations) => new(
        new LegacyRules([new Uri("http://127.0.0.1:5100")], Capacity: null),
        new UnitRules("LegacySession"),
        Adapters: null,
        [
            new CapabilityRules(
                Capability, Team: null, Authority.Global, new NewSideRules([new Uri("http://127.0.0.1:5201")], NewSideRules.DefaultTimeout),
                operations, ShadowRules.Off, []),
        ]);

    public static OperationRules Operation(string method, string pattern, Semantics semantics = Semantics.Safe) =>
        new(method, Template(pattern), Template(pattern), semantics);

    public static PathTemplate Template(string text) =>
        PathTemplate.TryParse(text, out var template, out var error) ? template! : throw new ArgumentException(error, nameof(text));
}
