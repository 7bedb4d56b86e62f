using System.Text;
using Strangler.Core.Compare;

namespace Strangler.UnitTests.Compare;

/// <summary>Short ways to say what is compared with what.</summary>
internal static class Comparing
{
    public static readonly DateOnly Today = new(2026, 11, 20);
    public static readonly ValueTokens Tokens = new(Encoding.ASCII.GetBytes("a key of exactly thirty-two byte"));

    public static Answer Json(string body, int status = 200) => new(status, "application/json; charset=utf-8", null, Encoding.UTF8.GetBytes(body));

    public static Comparison Bodies(string legacy, string @new, params CompareRule[] rules) =>
        new Comparer(Tokens).Compare(Json(legacy), Json(@new), new CompareRules(rules), Today);

    public static Comparison Bytes(byte[] legacy, byte[] @new, CompareLimits? limits = null) =>
        new Comparer(Tokens, limits).Compare(Json(legacy), Json(@new), CompareRules.None, Today);

    public static Answer Json(byte[] body) => new(200, "application/json", null, body);

    /// <summary>The notes as <c>kind path</c>.</summary>
    public static string[] Noted(string legacy, string @new, params CompareRule[] rules) => Lines(Bodies(legacy, @new, rules).Notes);

    /// <summary>The differences as <c>kind path</c>.</summary>
    public static string[] Found(string legacy, string @new, params CompareRule[] rules) => Lines(Bodies(legacy, @new, rules));

    public static string[] Lines(Comparison comparison) => Lines(comparison.Differences);

    private static string[] Lines(IReadOnlyList<Difference> differences) => [.. differences.Select(d => $"{d.Kind.Name()} {d.Path}")];

    public static CompareRule Rule(
        string path,
        string[]? matchBy = null,
        bool unordered = false,
        ShapeRule? shape = null,
        IgnoreRule? ignore = null,
        bool show = false,
        string? operation = null) =>
        new(operation, Path(path), matchBy ?? [], unordered, shape, ignore, show);

    public static IgnoreRule Ignore(DateOnly expires, params DifferenceKind[] kinds) =>
        new(kinds.Length == 0 ? null : kinds.ToHashSet(), "known", "qa", expires);

    public static JsonPath Path(string text) =>
        JsonPath.TryParse(text, out var path, out var error) ? path : throw new ArgumentException(error, nameof(text));
}
