using System.Text.Json.Serialization;
using Strangler.Core.Rules;

namespace Strangler.Core.Admin;

/// <summary>Body of <c>POST /admin/v1/differences:preview</c>.</summary>
/// <param name="Capability">Whose differences to look at.</param>
/// <param name="Rules">The draft: all of its rules files.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RulesPreviewRequest(string Capability, IReadOnlyList<RulesFile> Rules);
