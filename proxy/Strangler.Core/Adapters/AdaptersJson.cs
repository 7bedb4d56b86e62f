using System.Text.Json;
using System.Text.Json.Serialization;
using Strangler.Core.Admin;

namespace Strangler.Core.Adapters;

/// <summary>JSON of the adapters' API, the same on the server and in its clients: camelCase, nothing by reflection.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AdaptersReport))]
[JsonSerializable(typeof(SourceReport))]
[JsonSerializable(typeof(StreamReport))]
[JsonSerializable(typeof(BackfillRequest))]
[JsonSerializable(typeof(InstallPreview))]
[JsonSerializable(typeof(PauseRequest))]
[JsonSerializable(typeof(PausedSource))]
[JsonSerializable(typeof(DeadLettersAnswer))]
[JsonSerializable(typeof(KeysRequest))]
[JsonSerializable(typeof(KeysAnswer))]
[JsonSerializable(typeof(CompareRequest))]
[JsonSerializable(typeof(CompareRun))]
[JsonSerializable(typeof(RepairRequest))]
[JsonSerializable(typeof(RepairRun))]
[JsonSerializable(typeof(AdminProblem))]
public sealed partial class AdaptersJson : JsonSerializerContext;
