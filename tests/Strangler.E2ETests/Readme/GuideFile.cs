using System.Text.RegularExpressions;

namespace Strangler.E2ETests.Readme;

/// <summary>A page of the documentation, as a reader would copy from it.</summary>
internal static partial class GuideFile
{
    /// <summary>Its code blocks in their order, each with its language and its lines.</summary>
    /// <param name="page">Name of the page's file.</param>
    public static IEnumerable<(string Language, IReadOnlyList<string> Lines)> Blocks(string page) =>
        Fence().Matches(File.ReadAllText(Path.Combine(ReadmeFile.Root, "docs", page)))
            .Select(block => (block.Groups["language"].Value, (IReadOnlyList<string>)block.Groups["body"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)));

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<body>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fence();
}
