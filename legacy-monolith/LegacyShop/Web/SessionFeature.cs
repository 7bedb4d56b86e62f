namespace LegacyShop.Web;

/// <summary>The session of a request.</summary>
/// <param name="Sid">The value of the cookie.</param>
internal sealed record SessionFeature(string Sid);
