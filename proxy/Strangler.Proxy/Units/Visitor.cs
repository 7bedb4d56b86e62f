namespace Strangler.Proxy.Units;

/// <summary>A visitor as a genuine cookie names one.</summary>
/// <param name="Payload">All of the cookie but the signature and the dot before it.</param>
/// <param name="Signature">The signature, base64url.</param>
/// <param name="Id">The visitor's id: the unit, whatever the cookie was signed with.</param>
/// <param name="LeaseEnds">
/// Until when the visitor, and not the account, decides: Unix time in seconds. <see cref="LeaseOver"/> when it has been over; null when
/// none has begun.
/// </param>
/// <param name="IsOld">True when another key than the signing one has signed it: it is renewed, so that the old key can be thrown away.</param>
internal sealed record Visitor(string Payload, string Signature, string Id, long? LeaseEnds, bool IsOld)
{
    /// <summary>The lease of somebody who is logged in for longer than a lease lasts.</summary>
    public const long LeaseOver = 0;
}
