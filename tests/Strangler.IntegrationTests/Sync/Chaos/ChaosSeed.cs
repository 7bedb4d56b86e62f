using System.Globalization;

namespace Strangler.IntegrationTests.Sync.Chaos;

/// <summary>The seed of a chaos run: the variable STRANGLER_SEED, else always the same.</summary>
internal static class ChaosSeed
{
    private const int Default = 20261120;

    /// <summary>Reads the seed and prints it.</summary>
    public static int Read(ITestOutputHelper output)
    {
        var text = Environment.GetEnvironmentVariable("STRANGLER_SEED");
        var seed = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : Default;
        output.WriteLine($"STRANGLER_SEED={seed}");
        return seed;
    }
}
