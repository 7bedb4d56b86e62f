using Strangler.Core.Admin;

namespace Strangler.Proxy.Shadow.Triage;

/// <summary>A sample, with what decides whether it stays.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="Size">Bytes of legacy's answer: a small one is read more easily.</param>
/// <param name="Rank">As good as random and always the same for an exchange: those with the smallest are a fair choice of all.</param>
internal sealed record KeptSample(DifferenceSample Sample, int Size, ulong Rank);
