using System.Text.Json.Serialization;

namespace Strangler.Core.Admin;

/// <summary>Body of <c>:ack</c>, <c>:ignore</c>, <c>:fix</c> and <c>:reopen</c> of a group of differences.</summary>
/// <param name="Reason">Why; goes into the audit log. Not empty.</param>
/// <param name="Assignee">Who looks after it; <c>:ignore</c> needs it.</param>
/// <param name="Expires">The last day on which it is ignored; <c>:ignore</c> needs it and nothing else takes it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record JudgeRequest(string Reason, string? Assignee = null, DateOnly? Expires = null);
