namespace Strangler.Demo;

/// <summary>The command line cannot be understood; the message says what.</summary>
internal sealed class UsageException(string message) : Exception(message);
