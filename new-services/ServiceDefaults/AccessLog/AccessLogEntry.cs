using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.AccessLog;

/// <summary>One request that has ended.</summary>
/// <param name="Started">When the request reached the service.</param>
/// <param name="Elapsed">How long it took until the answer was handed to the server.</param>
/// <param name="Context">The request and its answer.</param>
internal readonly record struct AccessLogEntry(DateTimeOffset Started, TimeSpan Elapsed, HttpContext Context);
