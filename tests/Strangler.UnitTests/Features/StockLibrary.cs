using Microsoft.Extensions.Configuration;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;
using Strangler.Core.Routing;
using Strangler.Proxy.Features;

namespace Strangler.UnitTests.Features;

/// <summary>Microsoft.FeatureManagement as an application has it, reading what a plan would publish.</summary>
internal sealed class StockLibrary : IDisposable
{
    private readonly ConfigurationFeatureDefinitionProvider _definitions;
    private readonly FeatureManager _library;

    public StockLibrary(Plan plan)
    {
        using var document = new MemoryStream(FeatureDocument.Write(plan.Capabilities));
        _definitions = new ConfigurationFeatureDefinitionProvider(new ConfigurationBuilder().AddJsonStream(document).Build());
        _library = new FeatureManager(_definitions, new FeatureManagementOptions());
    }

    public async Task<string> VariantAsync(string feature, string? unit, params string[] groups) =>
        (await _library.GetVariantAsync(feature, new TargetingContext { UserId = unit, Groups = groups })).Name;

    /// <summary>Without any context, as outside of a request.</summary>
    public async Task<string> VariantAsync(string feature) => (await _library.GetVariantAsync(feature)).Name;

    public Task<bool> IsEnabledAsync(string feature, string? unit) => _library.IsEnabledAsync(feature, new TargetingContext { UserId = unit });

    public void Dispose() => _definitions.Dispose();
}
