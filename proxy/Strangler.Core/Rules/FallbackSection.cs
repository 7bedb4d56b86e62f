using Strangler.Core.Model;

namespace Strangler.Core.Rules;

/// <summary>Reads what a capability adds to the fallback table.</summary>
internal static class FallbackSection
{
    public static FallbackRules Read(Section capability, DiagnosticBag bag)
    {
        if (capability.OptionalSection("fallback") is not { } section) return FallbackRules.Default;
        var errors = bag.Plain(section.Optional("on-errors"), "'on-errors'", "true or false", Scalars.Boolean);
        var keyNode = section.Optional("shared-key");
        var key = bag.Text(keyNode, "'shared-key'");
        section.Close();
        if (key is not null && !HeaderSection.IsToken(key))
        {
            bag.Add(keyNode!, RuleCodes.BadValue, $"'shared-key' '{key}' is no name of a header", "name the request header with the key that both stores know: shared-key: Idempotency-Key");
            key = null;
        }

        return new FallbackRules(errors ?? false, key);
    }
}
