namespace Strangler.IntegrationTests.Edge;

/// <summary>A request as a backend got it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">Path and query as they stood in the request line.</param>
/// <param name="Headers">The headers.</param>
internal sealed record BackendRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers);
