using System.Text.RegularExpressions;

namespace Strangler.E2ETests.Readme;

/// <summary>The repository's README, as a reader would copy from it.</summary>
internal static partial class ReadmeFile
{
    /// <summary>The repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The code blocks of a language, each as its lines.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Blocks(string language) =>
    [
        .. Fence().Matches(File.ReadAllText(Path.Combine(Root, "README.md")))
            .Where(block => block.Groups["language"].Value == language)
            .Select(block => block.Groups["body"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
    ];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Strangler.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<body>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fence();
}
