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

    /// <summary>What <see cref="Error"/> says when another aggregate may put it right: a reference, or a unique value that is handed over.</summary>
    public static readonly string[] MayPassErrors = ["23503", "23505", "23P01"];

    /// <summary>Whether it may be right in a moment, when another aggregate has come.</summary>
    public bool MayPass => MayPassErrors.Contains(Error, StringComparer.Ordinal);
}
