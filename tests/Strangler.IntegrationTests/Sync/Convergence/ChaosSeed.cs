using System.Globalization;

namespace Strangler.IntegrationTests.Sync.Convergence;

/// <summary>The seeds of chaos runs.</summary>
internal static class ChaosSeed
{
    /// <summary>The first of those that run without being asked for; a multiple of <see cref="FaultDeck.Seeds"/>.</summary>
    public const int First = 20261120;

    /// <summary>The one that the variable STRANGLER_SEED asks for; null for the usual ones.</summary>
    public static int? Alone => int.TryParse(Environment.GetEnvironmentVariable("STRANGLER_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
        ? seed
        : null;
}
