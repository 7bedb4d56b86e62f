using Strangler.Core.Compare;
using Strangler.Proxy.Shadow.Bodies;

namespace Strangler.Proxy.Shadow.Targets;

/// <summary>An answer, or what happened instead of one. Holds the memory of its body until it is disposed.</summary>
internal sealed class AskResult : IDisposable
{
    private readonly ByteBudget? _budget;
    private readonly string _capability = "";
    private long _held;

    /// <summary>An answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="budget">The budget from which the bytes of its body were taken.</param>
    /// <param name="capability">On whose account.</param>
    public AskResult(Answer answer, ByteBudget budget, string capability)
    {
        Answer = answer;
        _budget = budget;
        _capability = capability;
        _held = answer.Body.Length;
    }

    private AskResult(AskFailure failure) => Failure = failure;

    /// <summary>The answer; null when there was none.</summary>
    public Answer? Answer { get; }

    /// <summary>What happened instead; counts only without an answer.</summary>
    public AskFailure Failure { get; }

    /// <summary>True when the side has failed: whatever kept the edge from asking or from reading is not its fault.</summary>
    public bool IsFailureOfTheSide => Answer is null && Failure <= AskFailure.Invalid;

    public static AskResult Failed(AskFailure failure) => new(failure);

    public void Dispose()
    {
        _budget?.Release(_capability, Interlocked.Exchange(ref _held, 0));
    }
}
