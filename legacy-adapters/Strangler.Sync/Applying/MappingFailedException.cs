namespace Strangler.Sync.Applying;

/// <summary>An aggregate cannot be mapped; the message names it.</summary>
internal sealed class MappingFailedException(string entity, string key, string message, Exception? inner = null)
    : Exception($"{entity} {key}: {message}", inner);
