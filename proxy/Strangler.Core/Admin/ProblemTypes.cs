namespace Strangler.Core.Admin;

/// <summary>The <c>type</c> of each problem of the admin API. They are public: clients decide by them, not by the text.</summary>
public static class ProblemTypes
{
    /// <summary>400: the request itself cannot be understood, or a value is out of range.</summary>
    public const string Invalid = "urn:strangler:invalid";

    /// <summary>401: no token, or one that is not known.</summary>
    public const string Unauthorized = "urn:strangler:unauthorized";

    /// <summary>404: no such capability or route.</summary>
    public const string NotFound = "urn:strangler:not-found";

    /// <summary>409: the change contradicts the present state, such as a rollback of a capability that is on legacy.</summary>
    public const string Conflict = "urn:strangler:conflict";

    /// <summary>412: If-Match names a plan that is no longer in force.</summary>
    public const string Stale = "urn:strangler:stale";

    /// <summary>422: a gate or a precondition of the stage refuses; the detail says what is missing, with numbers.</summary>
    public const string Refused = "urn:strangler:refused";

    /// <summary>422: the rules have errors; <see cref="AdminProblem.Errors"/> has all of them.</summary>
    public const string RulesInvalid = "urn:strangler:rules-invalid";

    /// <summary>428: a change without If-Match.</summary>
    public const string PreconditionRequired = "urn:strangler:precondition-required";
}
