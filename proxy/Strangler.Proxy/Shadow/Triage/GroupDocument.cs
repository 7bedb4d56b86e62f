using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strangler.Proxy.Shadow.Triage;

/// <summary>A group as text, for the store.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(GroupRecord))]
internal sealed partial class GroupDocument : JsonSerializerContext
{
    public static string Write(GroupRecord group) => JsonSerializer.Serialize(group, Default.GroupRecord);

    /// <summary>Reads a group; null for a text that is none, such as one of a later version.</summary>
    public static GroupRecord? TryRead(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, Default.GroupRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
