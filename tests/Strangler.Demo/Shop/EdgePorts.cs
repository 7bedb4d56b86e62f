namespace Strangler.Demo.Shop;

/// <summary>The two ports of one edge.</summary>
/// <param name="Shop">Where shoppers go.</param>
/// <param name="Management">Its admin API.</param>
internal sealed record EdgePorts(int Shop, int Management);
