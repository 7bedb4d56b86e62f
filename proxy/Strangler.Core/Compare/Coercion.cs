using System.Text.Json;

namespace Strangler.Core.Compare;

/// <summary>Whether two values of different types are equal under the coercions of a rule.</summary>
internal static class Coercion
{
    public static bool Joins(Coercions allowed, IndexedValue legacy, IndexedValue @new) =>
        JoinsText(allowed, legacy, @new) || JoinsText(allowed, @new, legacy);

    private static bool JoinsText(Coercions allowed, IndexedValue plain, IndexedValue text)
    {
        if (text.Kind != JsonValueKind.String) return false;
        var inner = JsonText.Unescape(JsonText.Inner(text.Raw));
        return plain.Kind switch
        {
            JsonValueKind.Number => allowed.HasFlag(Coercions.NumericString) && JsonText.IsNumber(inner) && ExactNumber.Same(plain.Raw, inner),
            JsonValueKind.True or JsonValueKind.False => allowed.HasFlag(Coercions.BoolString) && inner.SequenceEqual(plain.Raw),
            JsonValueKind.Null => allowed.HasFlag(Coercions.EmptyNull) && inner.IsEmpty,
            _ => false,
        };
    }
}
