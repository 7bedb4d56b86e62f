using System.ComponentModel.DataAnnotations;

namespace Customers.Accounts;

/// <summary>Section <c>Session</c>: how a request says who is logged in.</summary>
internal sealed class SessionCookieOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Session";

    /// <summary>The cookie whose SHA-256 is the key of <c>customers.session</c>.</summary>
    [Required(ErrorMessage = "Session:Cookie is not configured: set it to the name of the shop's session cookie.")]
    public string? Cookie { get; set; }
}
