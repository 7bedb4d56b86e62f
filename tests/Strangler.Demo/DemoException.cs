namespace Strangler.Demo;

/// <summary>The demo cannot go on; the message is the sentence for the user.</summary>
internal sealed class DemoException(string message, Exception? inner = null) : Exception(message, inner);
