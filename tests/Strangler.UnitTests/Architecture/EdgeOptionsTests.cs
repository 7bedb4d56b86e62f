using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Strangler.UnitTests.Architecture;

/// <summary>What the host reads stands in docs/edge.md, and what stands there is read.</summary>
public sealed partial class EdgeOptionsTests
{
    [Fact]
    public void Options_OfTheHost_AreTheDocumentedOnes()
    {
        var read = Option().Matches(Read("proxy/Strangler.Host/HostArguments.cs")).Select(m => m.Groups["name"].Value);
        var documented = DocumentedOption().Matches(Read("docs/edge.md")).Select(m => m.Groups["name"].Value);

        documented.Order(StringComparer.Ordinal).ShouldBe(read.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Secrets_OfTheHost_AreTheDocumentedOnes()
    {
        var read = Secret().Matches(Read("proxy/Strangler.Host/HostArguments.cs")).Select(m => m.Value);
        var documented = Secret().Matches(Read("docs/edge.md")).Select(m => m.Value);

        documented.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ShouldBe(read.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    private static string Read(string path) => SourceTree.OfThisRepository().Read(path);

    // The options stand in indexers and in calls of the reading helpers, in lower case with dashes.
    [GeneratedRegex("""(?:configuration\[|configuration, )"(?<name>[a-z-]+)"[\])]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Option();

    [GeneratedRegex("""^\| `--(?<name>[a-z-]+)` \|""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DocumentedOption();

    [GeneratedRegex("STRANGLER_[A-Z_]+[A-Z]", RegexOptions.None, 1000)]
    private static partial Regex Secret();
}
