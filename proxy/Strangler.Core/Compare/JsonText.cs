using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Strangler.Core.Compare;

/// <summary>Texts out of JSON documents that may hold invalid UTF-8 or lone surrogates, which System.Text.Json refuses to decode.</summary>
internal static class JsonText
{
    /// <summary>The value of a string; where it cannot be decoded, its raw spelling, so that it still equals only itself.</summary>
    public static string Value(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.Latin1.GetString(JsonMarshal.GetRawUtf8Value(text));
        }
    }

    /// <summary>The name of a property, by the same rule.</summary>
    public static string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return Encoding.Latin1.GetString(JsonMarshal.GetRawUtf8PropertyName(property));
        }
    }
}
