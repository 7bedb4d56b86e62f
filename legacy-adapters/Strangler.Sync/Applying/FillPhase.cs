namespace Strangler.Sync.Applying;

/// <summary>How far the fill of one kind of aggregate is.</summary>
internal enum FillPhase
{
    /// <summary>Going through the keys of the source.</summary>
    Keys,

    /// <summary>Going through the keys of the target, to find those that the source does not have any more.</summary>
    Vanished,

    /// <summary>Done.</summary>
    Done,
}
