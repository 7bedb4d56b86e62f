using Strangler.Cli.Output;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Validate;

/// <summary>Errors in rules as editors understand them: <c>file:line:column code message</c>, and the hint below.</summary>
internal static class RuleErrors
{
    /// <summary>Writes all errors. Lines are not wrapped, so that a program can follow them.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="errors">The errors.</param>
    /// <param name="severity">A word before the code; none for errors.</param>
    public static void Write(TextWriter writer, IEnumerable<AdminError> errors, string severity = "")
    {
        foreach (var error in errors)
        {
            writer.WriteLine(Words.Safe($"{error.File}:{error.Line}:{error.Column} {severity}{error.Code} {error.Message}"));
            if (!string.IsNullOrEmpty(error.Hint))
            {
                writer.WriteLine(Words.Safe($"  hint: {error.Hint}"));
            }
        }
    }
}
