using Microsoft.AspNetCore.Http;

namespace Strangler.Proxy.Admin;

/// <summary>An answer with the number of the plan that it was made from as its ETag.</summary>
/// <param name="plan">Number of the plan.</param>
/// <param name="answer">The answer.</param>
internal sealed class TaggedResult(long plan, IResult answer) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.ETag = $"\"{plan}\"";
        return answer.ExecuteAsync(httpContext);
    }
}
