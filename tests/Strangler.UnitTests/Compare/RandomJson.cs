using System.Globalization;
using System.Text.Json.Nodes;

namespace Strangler.UnitTests.Compare;

/// <summary>Documents by seed, other spellings of the same document, and one edit at a known place.</summary>
internal sealed class RandomJson(int seed)
{
    private static readonly string[] Names = ["a", "b", "first-name", "é", "", "a/b", "items", "x~y"];
    private static readonly string[] Spaces = ["", " ", "\n", "\t \r\n"];
    private readonly Random _random = new(seed);

    public JsonNode? Document(int depth = 4) => _random.Next(depth > 0 ? 8 : 5) switch
    {
        0 => null,
        1 => _random.Next(2) == 0,
        2 => _random.Next(-3, 100),
        3 => _random.Next(10_000) / 100m,
        4 => Names[_random.Next(Names.Length)],
        5 => new JsonArray([.. Enumerable.Range(0, _random.Next(5)).Select(_ => Document(depth - 1))]),
        _ => new JsonObject(Names.Where(_ => _random.Next(2) == 0).Select(name => KeyValuePair.Create(name, Document(depth - 1)))),
    };

    /// <summary>Objects only at the top, so that there is something to edit.</summary>
    public JsonObject Object() => new(Names.Select(name => KeyValuePair.Create(name, Document(3))));

    /// <summary>The same document with its fields in another order and other whitespace.</summary>
    public string Respelled(JsonNode? node)
    {
        var parts = node switch
        {
            JsonObject fields => fields.OrderBy(_ => _random.Next()).Select(field => $"{Text(field.Key)}{Space()}:{Space()}{Respelled(field.Value)}"),
            JsonArray items => items.Select(Respelled),
            _ => null,
        };
        if (parts is null) return Space() + (node?.ToJsonString() ?? "null") + Space();
        var inner = string.Join(',', parts.Select(part => Space() + part + Space()));
        return node is JsonObject ? $"{{{inner}}}" : $"[{inner}]";
    }

    /// <summary>Changes one scalar of an object tree in place and returns its JSON Pointer.</summary>
    public string EditOne(JsonObject document)
    {
        JsonNode node = document;
        var pointer = "";
        while (true)
        {
            var key = Pick(node);
            pointer += "/" + key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
            var child = node is JsonArray items ? items[int.Parse(key, CultureInfo.InvariantCulture)] : node[key];
            if (child is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
            {
                node = child;
                continue;
            }

            if (node is JsonArray array) array[int.Parse(key, CultureInfo.InvariantCulture)] = "edited";
            else node[key] = "edited";
            return pointer;
        }
    }

    private string Pick(JsonNode node) => node is JsonArray items
        ? _random.Next(items.Count).ToString(CultureInfo.InvariantCulture)
        : node.AsObject().ElementAt(_random.Next(node.AsObject().Count)).Key;

    private string Space() => Spaces[_random.Next(Spaces.Length)];

    private static string Text(string name) => JsonValue.Create(name).ToJsonString();
}
