using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Strangler.Core.Model;

namespace Strangler.Proxy.Edge;

/// <summary>
/// Keeps one of the two endpoints that each operation has: the one of the side that the plan says. Everything after it is plain YARP
/// with its own route and cluster.
/// </summary>
internal sealed class SideMatcherPolicy(SideDecider decider) : MatcherPolicy, IEndpointSelectorPolicy
{
    // After the framework's own policies (methods, hosts) and YARP's (headers, query): we decide among what is left.
    public override int Order => 1000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints)
    {
        for (var i = 0; i < endpoints.Count; i++)
        {
            if (endpoints[i].Metadata.GetMetadata<OperationEndpoint>() is not null) return true;
        }

        return false;
    }

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        string? operationId = null;
        var side = Side.Legacy;
        for (var i = 0; i < candidates.Count; i++)
        {
            if (!candidates.IsValidCandidate(i)) continue;
            if (candidates[i].Endpoint.Metadata.GetMetadata<OperationEndpoint>() is not { } endpoint) continue;
            if (operationId is null)
            {
                // Candidates come best match first, so the first operation is the one the request calls.
                operationId = endpoint.OperationId;
                side = decider.Decide(httpContext, operationId)?.Side ?? Side.Legacy;
            }

            candidates.SetValidity(i, endpoint.Side == side && endpoint.OperationId == operationId);
        }

        return Task.CompletedTask;
    }
}
