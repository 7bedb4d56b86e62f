using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strangler.Proxy.Shadow.Evidence;

/// <summary>The form of <see cref="EvidenceDocument.Text"/>.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, IgnoreReadOnlyProperties = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(IReadOnlyList<EvidenceShare>))]
internal sealed partial class EvidenceJson : JsonSerializerContext;
