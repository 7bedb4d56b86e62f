namespace Strangler.Host;

/// <summary>The edge was started with options it cannot use; the message says which.</summary>
internal sealed class HostArgumentsException(string message) : Exception(message);
