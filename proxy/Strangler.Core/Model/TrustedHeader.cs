using System.Net;

namespace Strangler.Core.Model;

/// <summary>A request header that is believed only when it comes from listed proxies; from anybody else it is dropped.</summary>
/// <param name="Name">Name of the header.</param>
/// <param name="From">Networks of the proxies that may send it; at least one.</param>
public sealed record TrustedHeader(string Name, IReadOnlyList<IPNetwork> From);
