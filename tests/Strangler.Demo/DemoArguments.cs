using System.Globalization;
using System.Security.Cryptography;
using Strangler.Demo.Shop;

namespace Strangler.Demo;

/// <summary>Reads the command line.</summary>
internal static class DemoArguments
{
    private const int HighestSeed = 999_999;

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="UsageException">They cannot be understood.</exception>
    public static DemoOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new DemoOptions { Seed = RandomNumberGenerator.GetInt32(1, 10_000) };
        var ephemeral = false;
        using var rest = arguments.GetEnumerator();
        while (rest.MoveNext())
        {
            options = rest.Current switch
            {
                "--headless" => options with { Headless = true },
                "--tour" => options with { Tour = true },
                "--free-ports" => options with { FreePorts = true },
                "--ephemeral" => options with { FreePorts = ephemeral = true },
                "--for" => options with { For = Duration(Value(rest)) },
                "--edges" => options with { Edges = Edges(Value(rest)) },
                "--seed" => options with { Seed = Seed(Value(rest)) },
                "--data" => options with { DataFolder = Value(rest) },
                var other => throw new UsageException($"unknown option {other}"),
            };
        }

        if (options.DataFolder is null && !ephemeral)
        {
            throw new UsageException("either --data FOLDER or --ephemeral is needed; ./strangler demo gives the first");
        }

        if (options is { Tour: true, For: not null })
        {
            throw new UsageException("--tour ends by itself: it takes no --for");
        }

        return ephemeral ? options with { DataFolder = null } : options;
    }

    private static string Value(IEnumerator<string> rest)
    {
        var option = rest.Current;
        return rest.MoveNext() ? rest.Current : throw new UsageException($"{option} needs a value");
    }

    private static int Edges(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var edges) && edges >= 1 && edges <= ShopPorts.MostEdges
            ? edges
            : throw new UsageException($"--edges takes a number from 1 to {ShopPorts.MostEdges}, not {text}");

    private static int Seed(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) && seed is >= 1 and <= HighestSeed
            ? seed
            : throw new UsageException($"--seed takes a number from 1 to {HighestSeed}, not {text}");

    private static TimeSpan Duration(string text)
    {
        var digits = text.TrimEnd('s', 'm');
        if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            switch (text[digits.Length..])
            {
                case "" or "s":
                    return TimeSpan.FromSeconds(number);
                case "m":
                    return TimeSpan.FromMinutes(number);
            }
        }

        throw new UsageException($"--for takes a time such as 60s or 5m, not {text}");
    }
}
