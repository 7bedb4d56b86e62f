using System.Text.Json;

namespace Strangler.Cli.Output;

/// <summary>Members of enums as they stand in JSON and on the screen.</summary>
internal static class JsonNames
{
    /// <summary>The name: <c>WrongHead</c> is <c>wrong-head</c>.</summary>
    /// <param name="value">The member.</param>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
