namespace Strangler.Sync.Reconciling;

/// <summary>A comparison or repair is refused; the message says why and what to do.</summary>
internal sealed class ReconcileRefusedException(string message) : Exception(message);
