using System.Text.Json.Serialization;

namespace Strangler.Core.Admin;

/// <summary>Body of <c>POST /admin/v1/changes</c>: several moves that become one plan, all of them or none.</summary>
/// <param name="Reason">Why; goes into the audit log. Not empty; a preview may leave it out.</param>
/// <param name="Moves">At least one, at most <see cref="MaxMoves"/>; several of one capability follow each other.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ChangesRequest(string Reason, IReadOnlyList<MoveRequest> Moves)
{
    /// <summary>Most moves of one change.</summary>
    public const int MaxMoves = 100;
}
