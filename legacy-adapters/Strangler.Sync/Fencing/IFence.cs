namespace Strangler.Sync.Fencing;

/// <summary>
/// Port: keeps the application of a store from writing what belongs to a capability, while it reads on and we write on. Each raise uses an epoch up,
/// so a late command of a cutover that was given up does nothing. Whoever has lost the answer of a command asks for the state, or gives it again.
/// </summary>
internal interface IFence
{
    /// <summary>How it stands.</summary>
    /// <exception cref="InvalidOperationException">It is not installed for this capability.</exception>
    Task<FenceState> StateAsync(string capability, CancellationToken cancellation);

    /// <summary>
    /// Raises it, wholly or not at all: waits for writers that are at it, refuses all later ones, and puts a barrier behind the last write into the
    /// store's log. Raised with this epoch already, it does nothing. The epoch must be later than the last one, and the fence down.
    /// </summary>
    Task<FenceOutcome> RaiseAsync(string capability, long epoch, CancellationToken cancellation);

    /// <summary>
    /// Lowers it; only with the epoch with which it was raised. Done already, it does nothing; with a later epoch it was never raised, and that epoch
    /// is used up.
    /// </summary>
    Task<FenceOutcome> LowerAsync(string capability, long epoch, CancellationToken cancellation);
}
