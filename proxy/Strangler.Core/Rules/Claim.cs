using Strangler.Core.Model;
using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>A pattern and the capability that wants its requests.</summary>
/// <param name="Node">Where it stands.</param>
/// <param name="Capability">The capability.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Pattern">The pattern.</param>
internal sealed record Claim(YamlNode Node, string Capability, string Method, PathTemplate Pattern)
{
    public override string ToString() => $"{Method} {Pattern}";
}
