namespace Strangler.Sync.Applying;

/// <summary>A state of the target that is kept until this is disposed of.</summary>
internal interface ITargetSnapshot : IAsyncDisposable
{
    /// <summary>Its name, by which another session can read in it: <c>set transaction snapshot</c>.</summary>
    string Id { get; }
}
