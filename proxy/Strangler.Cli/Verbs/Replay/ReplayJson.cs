using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strangler.Cli.Verbs.Replay;

/// <summary>The form of the file that a replay is resumed from.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, UseStringEnumConverter = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ReplayState))]
internal sealed partial class ReplayJson : JsonSerializerContext;
