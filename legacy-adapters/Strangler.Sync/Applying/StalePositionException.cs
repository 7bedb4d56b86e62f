namespace Strangler.Sync.Applying;

/// <summary>The target's position is not the expected one: another process, or a commit whose outcome was not seen, has moved it.</summary>
internal sealed class StalePositionException(string stream)
    : Exception($"The position of the stream {stream} was moved by somebody else; starting over from it.");
