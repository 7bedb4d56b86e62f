namespace Strangler.Proxy.Plans;

/// <summary>The control store could not be read or written. The message is a sentence for the operator.</summary>
public sealed class ControlStoreException(string message, Exception inner) : Exception(message, inner);
