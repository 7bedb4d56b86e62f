using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strangler.Core.Adapters;

/// <summary>JSON of the adapters' API, the same on the server and in its clients: camelCase, nothing by reflection.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AdaptersReport))]
[JsonSerializable(typeof(DeadLettersAnswer))]
[JsonSerializable(typeof(KeysRequest))]
[JsonSerializable(typeof(KeysAnswer))]
[JsonSerializable(typeof(AdaptersProblem))]
public sealed partial class AdaptersJson : JsonSerializerContext;
