namespace Strangler.Demo.Processes;

/// <summary>A child ended when it should not have, or with a failure; the message names its log and quotes its end.</summary>
public sealed class ChildFailedException : Exception
{
    private const int QuotedLines = 8;

    /// <summary>Says which child ended how.</summary>
    public ChildFailedException(string name, int exitCode, string logFile)
        : base($"{name} ended with exit code {exitCode}. Its log: {logFile}{Environment.NewLine}{EndOf(logFile)}")
    {
    }

    private static string EndOf(string logFile)
    {
        try
        {
            return string.Join(Environment.NewLine, File.ReadLines(logFile).TakeLast(QuotedLines).Select(line => "    " + line));
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }
}
