namespace Strangler.Sync.Mapping;

/// <summary>What <see cref="MappingCheck"/> has seen.</summary>
/// <param name="Seed">The seed; the same one makes the same aggregates.</param>
/// <param name="Aggregates">How many were made.</param>
/// <param name="Mapped">How many the mapping gave rows for.</param>
/// <param name="Refused">How many it refused by a <see cref="MappingValueException"/>, which is its right.</param>
/// <param name="Violations">What a mapping must never do and this one did: one line for each kind. Empty when all is well.</param>
public sealed record MappingReport(int Seed, int Aggregates, int Mapped, int Refused, IReadOnlyList<string> Violations);
