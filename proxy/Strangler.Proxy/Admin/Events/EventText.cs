using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Strangler.Proxy.Admin.Events;

/// <summary>An event as it goes over the wire (text/event-stream of the HTML standard).</summary>
/// <param name="Text">All its lines.</param>
/// <param name="Plan">The plan that it announces; 0 for an event that is about no plan.</param>
internal sealed record EventText(string Text, long Plan = 0)
{
    /// <summary>Says that the connection lives.</summary>
    public static readonly EventText Heartbeat = new("event: heartbeat\ndata: {}\n\n");

    /// <summary>An event with data.</summary>
    /// <param name="name">Name of the event.</param>
    /// <param name="data">The data; JSON has no line breaks of its own here.</param>
    /// <param name="type">How to write it.</param>
    /// <param name="id">What a client names in Last-Event-ID afterwards; null for an event that cannot be resumed from.</param>
    /// <param name="plan">The plan that it announces.</param>
    public static EventText Of<T>(string name, T data, JsonTypeInfo<T> type, long? id = null, long plan = 0)
    {
        var mark = id is null ? "" : $"id: {id}\n";
        return new EventText($"event: {name}\n{mark}data: {JsonSerializer.Serialize(data, type)}\n\n", plan);
    }
}
