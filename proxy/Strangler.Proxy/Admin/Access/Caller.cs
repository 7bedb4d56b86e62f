using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Strangler.Core.Model;

namespace Strangler.Proxy.Admin.Access;

/// <summary>Who calls the admin API.</summary>
/// <param name="Name">The name of the token: the actor in the audit log.</param>
/// <param name="Role">What it may do.</param>
internal sealed record Caller(string Name, Role Role)
{
    /// <summary>The caller of a request that has passed <see cref="AccessMiddleware"/>.</summary>
    public static Caller Of(HttpContext context) => context.Features.GetRequiredFeature<Caller>();
}
