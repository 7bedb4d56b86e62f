using Strangler.Sync.Reading;

namespace Strangler.Sync.Applying;

/// <summary>An aggregate that could not be brought over.</summary>
/// <param name="Id">Its kind and key.</param>
/// <param name="Error"><c>mapping</c>, or the SQLSTATE that the target gave.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record FailedAggregate(DirtyKey Id, string Error, string Message)
{
    /// <summary>What <see cref="Error"/> says when a mapping failed.</summary>
    public const string Mapping = "mapping";

    /// <summary>Whether it may be right in a moment, when another aggregate has come: a reference, or a unique value that is handed over.</summary>
    public bool MayPass => Error is "23503" or "23505" or "23P01";
}
