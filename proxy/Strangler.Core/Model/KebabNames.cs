using System.Collections.Frozen;
using System.Text.Json;

namespace Strangler.Core.Model;

/// <summary>The names of an enum's members as they stand in metrics, records and answers: <c>QueueFull</c> is <c>queue-full</c>.</summary>
internal static class KebabNames<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Names =
        Enum.GetValues<T>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));

    public static string Of(T value) => Names[value];
}
