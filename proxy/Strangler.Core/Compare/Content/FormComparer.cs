using System.Net;

namespace Strangler.Core.Compare.Content;

/// <summary>
/// Compares form-encoded bodies field by field: <c>$.name</c> is a field, and where a name occurs several times each of its values is an
/// item. The order of fields of different names means nothing.
/// </summary>
internal static class FormComparer
{
    /// <summary>Compares two forms; false if one has more fields than are read.</summary>
    public static bool TryCompare(string legacy, string @new, int maxFields, TextNodes texts, DifferenceSink sink)
    {
        var (left, right) = (Fields(legacy), Fields(@new));
        if (left.Sum(field => field.Value.Count) > maxFields || right.Sum(field => field.Value.Count) > maxFields) return false;
        foreach (var name in left.Keys.Union(right.Keys, StringComparer.Ordinal))
        {
            sink.Enter(PathSegment.Field(name));
            Compare(left.GetValueOrDefault(name) ?? [], right.GetValueOrDefault(name) ?? [], texts, sink);
            sink.Leave();
        }

        return true;
    }

    private static void Compare(List<string> legacy, List<string> @new, TextNodes texts, DifferenceSink sink)
    {
        if (legacy.Count <= 1 && @new.Count <= 1)
        {
            texts.Compare(DifferenceKind.FormField, legacy.FirstOrDefault(), @new.FirstOrDefault());
            return;
        }

        for (var i = 0; i < Math.Max(legacy.Count, @new.Count); i++)
        {
            sink.Enter(PathSegment.Item(i));
            texts.Compare(DifferenceKind.FormField, legacy.ElementAtOrDefault(i), @new.ElementAtOrDefault(i));
            sink.Leave();
        }
    }

    private static OrderedDictionary<string, List<string>> Fields(string body)
    {
        var fields = new OrderedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var pair in body.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = WebUtility.UrlDecode(equals < 0 ? pair : pair[..equals]);
            if (!fields.TryGetValue(name, out var values)) fields[name] = values = [];
            values.Add(equals < 0 ? "" : WebUtility.UrlDecode(pair[(equals + 1)..]));
        }

        return fields;
    }
}
