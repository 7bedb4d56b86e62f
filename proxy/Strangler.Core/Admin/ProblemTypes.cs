namespace Strangler.Core.Admin;

/// <summary>The <c>type</c> of each problem of the admin API. They are public: clients decide by them, not by the text.</summary>
public static class ProblemTypes
{
    /// <summary>400: the request itself cannot be understood, or a value is out of range.</summary>
    public const string Invalid = "urn:strangler:invalid";

    /// <summary>401: no token, or one that is not known.</summary>
    public const string Unauthorized = "urn:strangler:unauthorized";

    /// <summary>403: the token is good, but its role does not have the right.</summary>
    public const string Forbidden = "urn:strangler:forbidden";

    /// <summary>404: no such capability or route.</summary>
    public const string NotFound = "urn:strangler:not-found";

    /// <summary>405: the route is there, but not with this method.</summary>
    public const string MethodNotAllowed = "urn:strangler:method-not-allowed";

    /// <summary>409: the change contradicts the present state, such as a token whose name is taken.</summary>
    public const string Conflict = "urn:strangler:conflict";

    /// <summary>409: a request with the same Idempotency-Key is still being worked on.</summary>
    public const string StillRunning = "urn:strangler:still-running";

    /// <summary>412: If-Match names a plan that is no longer in force.</summary>
    public const string Stale = "urn:strangler:stale";

    /// <summary>422: a gate or a precondition of the stage refuses; the detail says what is missing, with numbers.</summary>
    public const string Refused = "urn:strangler:refused";

    /// <summary>422: the rules have errors; <see cref="AdminProblem.Errors"/> has all of them.</summary>
    public const string RulesInvalid = "urn:strangler:rules-invalid";

    /// <summary>422: the Idempotency-Key was used for another request before.</summary>
    public const string KeyReused = "urn:strangler:key-reused";

    /// <summary>428: a change without If-Match.</summary>
    public const string PreconditionRequired = "urn:strangler:precondition-required";

    /// <summary>500: the control store could not keep the change, so it was not made.</summary>
    public const string NotSaved = "urn:strangler:not-saved";

    /// <summary>503: the control store is away, or there are too many listeners.</summary>
    public const string Unavailable = "urn:strangler:unavailable";
}
