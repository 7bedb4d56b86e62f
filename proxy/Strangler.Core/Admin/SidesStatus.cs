namespace Strangler.Core.Admin;

/// <summary>Traffic of one capability by the side that answered.</summary>
/// <param name="Legacy">Answered by the monolith.</param>
/// <param name="New">Answered by the new service.</param>
public sealed record SidesStatus(SideStatus Legacy, SideStatus New);
