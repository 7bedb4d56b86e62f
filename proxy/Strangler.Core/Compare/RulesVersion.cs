using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strangler.Core.Compare;

/// <summary>Tells whether two lists of compare rules are the same, by all that they say.</summary>
internal static class RulesVersion
{
    private const int Bytes = 8;

    // Kinds by name, as their numbers are nobody's promise.
    private static readonly JsonSerializerOptions Options = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>64 bits in hex.</summary>
    public static string Of(IReadOnlyList<CompareRule> rules) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(rules, Options)).AsSpan(0, Bytes));
}
