using System.Text.Json.Serialization;

namespace Strangler.Proxy.Shadow.DryRuns;

/// <summary>Reads what new sides say.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DryRunOffer))]
internal sealed partial class DryRunJson : JsonSerializerContext;
