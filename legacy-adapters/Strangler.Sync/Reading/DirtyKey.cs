namespace Strangler.Sync.Reading;

/// <summary>An aggregate that may have changed and is to be read again.</summary>
/// <param name="Entity">The kind of aggregate.</param>
/// <param name="Key">Its key in the source, as text.</param>
internal readonly record struct DirtyKey(string Entity, string Key);
