namespace Strangler.Core.Adapters;

/// <summary>An aggregate that cannot be brought over at present. It is tried again by itself, less and less often.</summary>
/// <param name="Entity">The kind of aggregate.</param>
/// <param name="Key">Its key in the source.</param>
/// <param name="Error">What kind of error: <c>mapping</c>, or the SQLSTATE that the target gave.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Attempts">How often it has been tried.</param>
/// <param name="First">When it failed first.</param>
/// <param name="Last">When it failed last.</param>
public sealed record DeadLetter(
    string Entity, string Key, string Error, string Message, int Attempts, DateTimeOffset First, DateTimeOffset Last);
