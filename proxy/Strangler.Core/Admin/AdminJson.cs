using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strangler.Core.Admin;

/// <summary>JSON of the admin API, the same on the server and in its clients: camelCase, nothing by reflection.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CapabilitiesAnswer))]
[JsonSerializable(typeof(CapabilityStatus))]
[JsonSerializable(typeof(PromoteRequest))]
[JsonSerializable(typeof(RollbackRequest))]
[JsonSerializable(typeof(ReasonRequest))]
[JsonSerializable(typeof(ShrinkRequest))]
[JsonSerializable(typeof(BreakerRequest))]
[JsonSerializable(typeof(ListRequest))]
[JsonSerializable(typeof(ChangesRequest))]
[JsonSerializable(typeof(ChangesAnswer))]
[JsonSerializable(typeof(PlansAnswer))]
[JsonSerializable(typeof(PlanAnswer))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(TokensAnswer))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(EdgesAnswer))]
[JsonSerializable(typeof(AuditAnswer))]
[JsonSerializable(typeof(PreviewAnswer))]
[JsonSerializable(typeof(PlanEvent))]
[JsonSerializable(typeof(ChangeAnswer))]
[JsonSerializable(typeof(ApplyAnswer))]
[JsonSerializable(typeof(DifferencesAnswer))]
[JsonSerializable(typeof(DifferenceAnswer))]
[JsonSerializable(typeof(RulesPreviewRequest))]
[JsonSerializable(typeof(RulesPreviewAnswer))]
[JsonSerializable(typeof(RerunAnswer))]
[JsonSerializable(typeof(JudgeRequest))]
[JsonSerializable(typeof(JudgeAnswer))]
[JsonSerializable(typeof(ExplainAnswer))]
[JsonSerializable(typeof(GateAnswer))]
[JsonSerializable(typeof(AdminProblem))]
public sealed partial class AdminJson : JsonSerializerContext;
