using System.Text.Json;

namespace Strangler.IntegrationTests.LegacyShop;

/// <summary>What a JSON object looks like.</summary>
internal static class JsonShape
{
    /// <summary>The names of the members in their order.</summary>
    public static string Names(this JsonElement json) => string.Join(' ', json.EnumerateObject().Select(member => member.Name));

    public static string? Text(this JsonElement json, string name) => json.GetProperty(name).GetString();

    public static int Number(this JsonElement json, string name) => json.GetProperty(name).GetInt32();

    public static decimal Amount(this JsonElement json, string name) => json.GetProperty(name).GetDecimal();

    public static IReadOnlyList<JsonElement> Items(this JsonElement json, string name = "items") =>
        [.. json.GetProperty(name).EnumerateArray()];
}
