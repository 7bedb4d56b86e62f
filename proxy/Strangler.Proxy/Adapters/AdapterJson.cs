using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strangler.Proxy.Adapters;

/// <summary>Reads what the adapters answer; a missing or null part that is needed is an error, not a zero.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AdapterStatus))]
internal sealed partial class AdapterJson : JsonSerializerContext;
