using Strangler.Core.Admin;
using Strangler.Core.Compare;

namespace Strangler.Proxy.Shadow.Triage;

/// <summary>A sample, with what decides whether it stays.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="Size">Bytes of legacy's answer: a small one is read more easily.</param>
/// <param name="Rank">As good as random and always the same for an exchange: those with the smallest are a fair choice of all.</param>
/// <param name="Difference">The difference, with what draft rules can be tried on: nothing in it tells a value that no rule shows.</param>
internal sealed record KeptSample(DifferenceSample Sample, int Size, ulong Rank, Difference Difference);
