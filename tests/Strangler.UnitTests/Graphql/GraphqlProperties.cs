using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Strangler.Core.Graphql;
using Xunit;

namespace Strangler.UnitTests.Graphql;

/// <summary>A mutation is never taken for a query, whatever stands around it. The oracle is a scanner that knows nothing but strings, comments and braces.</summary>
public sealed class GraphqlProperties
{
    // Pieces that documents are made of, and pieces that lexers trip over.
    private static readonly string[] Pieces =
    [
        "{", "}", "{a}", "(", ")", "[", "]", ":", "=", "!", "$v", "@d", "...", "|", "&", ",", " ", "\n", "\r", "\t", "#", "# c\n", "# mutation{b}\n", "# c\r",
        "\"", "\\", "\"\"", "\"\"\"", "\\\"\"\"", "\"s\"", "\"\\\"\"", "\"mutation{b}\"", "\"\"\" mutation{b} \"\"\"", "\u2028", "\uFEFF", "\0", "1", "-1.5e3",
        "query", "query A", "query A{a}", "query($v: [T!] = [1])", "fragment F on T{a}", "mutation", "mutation{b}", "mutation M{b}", "subscription{b}", "on", "a", "b(x: {y: 1})", "type T{a:Int}",
    ];

    [Fact]
    public void IsQuery_AnyPieces_NeverHoldsAMutation() =>
        Check.One(Seeded.Config.WithMaxTest(50_000), Prop.ForAll(Documents().ToArbitrary(), document =>
        {
            if (Is(document, null) || Is(document, "A") || Is(document, "M")) TopLevelWords(document).ShouldNotContain(word => word == "mutation" || word == "subscription", document);
        }));

    [Fact]
    public void IsQuery_MutationAnywhereBesideAQuery_IsRefused() =>
        Check.One(Seeded.Config.WithMaxTest(20_000), Prop.ForAll(Queries().Zip(Gen.Choose(0, 1)).ToArbitrary(), pair =>
        {
            var (query, before) = pair;
            Is(query, null).ShouldBeTrue(query);
            var both = before == 1 ? $"mutation M{{b}} {query}" : $"{query} mutation M{{b}}";
            Is(both, null).ShouldBeFalse(both);
            Is(both, "M").ShouldBeFalse(both);
        }));

    [Fact]
    public void IsQuery_AnyBytes_ThrowsNothing() =>
        Check.One(Seeded.Config.WithMaxTest(20_000), Prop.ForAll(Gen.Choose(0, 255).Select(i => (byte)i).ArrayOf().ToArbitrary(), bytes =>
        {
            GraphqlRequest.IsQuery("", "application/json", bytes);
            GraphqlRequest.IsQuery("?query=" + Encoding.Latin1.GetString(bytes));
        }));

    private static Gen<string> Documents() => Gen.Elements(Pieces).ArrayOf().Select(pieces => string.Concat(pieces));

    // Well-formed queries with strings, blocks, comments and arguments in them.
    private static Gen<string> Queries() => Gen.Elements(
        "a", "b: c", "d(x: 1)", "e(s: \"} mutation {\")", "f(s: \"\"\"\\\"\"\" } mutation { \"\"\")", "# mutation{b}\n g", "...F", "... on T { h }", "i @skip(if: $v) { j }", "mutation { k }")
        .NonEmptyListOf().Select(fields => $"query Q($v: Boolean = true) {{ {string.Join(' ', fields)} }} fragment F on T {{ z }}");

    private static bool Is(string document, string? operation) =>
        GraphqlRequest.IsQuery("", "application/json", JsonSerializer.SerializeToUtf8Bytes(new { query = document, operationName = operation }));

    // The words outside of braces and parentheses; of a document that was taken, so that its strings and comments are known to be whole.
    private static List<string> TopLevelWords(string document)
    {
        var words = new List<string>();
        var (depth, word) = (0, new StringBuilder());
        for (var i = 0; i < document.Length; i++)
        {
            var c = document[i];
            if (char.IsAsciiLetter(c) && depth == 0)
            {
                word.Append(c);
                continue;
            }

            if (word.Length > 0) words.Add(word.ToString());
            word.Clear();
            if (c is '{' or '(') depth++;
            else if (c is '}' or ')') depth--;
            else if (c == '#') while (i + 1 < document.Length && document[i + 1] is not ('\n' or '\r')) i++;
            else if (c == '"') i = EndOfString(document, i);
        }

        if (word.Length > 0) words.Add(word.ToString());
        return words;
    }

    private static int EndOfString(string document, int start)
    {
        var isBlock = document.AsSpan(start).StartsWith("\"\"\"");
        for (var i = start + (isBlock ? 3 : 1); i < document.Length; i++)
        {
            if (document[i] == '\\') i += isBlock && document.AsSpan(i + 1).StartsWith("\"\"\"") ? 3 : isBlock ? 0 : 1;
            else if (isBlock && document.AsSpan(i).StartsWith("\"\"\"")) return i + 2;
            else if (!isBlock && document[i] == '"') return i;
        }

        return document.Length;
    }
}
