using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>One file that could be read as YAML.</summary>
/// <param name="Root">Its only document.</param>
/// <param name="Environment">The environment that it is an overlay for; null for a file that always counts.</param>
internal sealed record RulesDocument(YamlMappingNode Root, string? Environment);
