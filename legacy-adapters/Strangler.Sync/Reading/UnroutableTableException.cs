namespace Strangler.Sync.Reading;

/// <summary>A table of the source has become one whose changes cannot be followed.</summary>
internal sealed class UnroutableTableException(string message) : Exception(message);
