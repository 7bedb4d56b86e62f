namespace Strangler.Sync.Reading;

/// <summary>A column has a type that its property cannot take: the table or the mapping has changed, so every row of it fails.</summary>
internal sealed class RowTypeException(string message, Exception inner) : Exception(message, inner);
