using Microsoft.AspNetCore.Http;
using Strangler.Core.Graphql;
using Strangler.Proxy.Shadow.Bodies;

namespace Strangler.Proxy.Shadow;

/// <summary>Whether a GraphQL request that was captured may be sent a second time.</summary>
internal static class GraphqlCheck
{
    /// <summary>True only if it is a query beyond doubt. Not for the request path: it parses.</summary>
    public static bool IsQuery(ShadowExchange exchange)
    {
        var query = exchange.Query.Value ?? "";
        if (HttpMethods.IsGet(exchange.Method)) return exchange.Body.IsEmpty && GraphqlRequest.IsQuery(query);
        return BodyDecoder.IsPlain(exchange.Headers.ContentEncoding) && GraphqlRequest.IsQuery(query, exchange.Headers.ContentType, exchange.Body.Span);
    }
}
