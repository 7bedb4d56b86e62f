using System.Globalization;

namespace LegacyShop;

/// <summary>Options of a verb that is not the web server: its own, plus any configuration key such as --ConnectionStrings:Shop.</summary>
internal sealed class VerbOptions
{
    private readonly IConfiguration _configuration;

    private VerbOptions(IConfiguration configuration) => _configuration = configuration;

    /// <summary>Environment and command line together.</summary>
    public IConfiguration Configuration => _configuration;

    /// <summary>Reads the arguments after the verb; an option that is neither known nor a configuration key is refused.</summary>
    public static VerbOptions Parse(string[] args, params string[] known)
    {
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i].Split('=')[0];
            if (!name.StartsWith("--", StringComparison.Ordinal)
                || (!name.Contains(':', StringComparison.Ordinal) && !known.Contains(name[2..], StringComparer.Ordinal)))
            {
                throw new UsageException($"Unknown option '{args[i]}'.");
            }

            if (!args[i].Contains('=', StringComparison.Ordinal) && ++i == args.Length)
            {
                throw new UsageException($"Option '{name}' needs a value.");
            }
        }

        return new VerbOptions(new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build());
    }

    /// <summary>A whole number, or <paramref name="fallback"/> when the option was not given.</summary>
    public int Int(string name, int fallback) =>
        _configuration[name] is not { } text ? fallback
        : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value
        : throw new UsageException($"--{name} must be a whole number, not '{text}'.");

    /// <summary>A number from <paramref name="min"/> to <paramref name="max"/>, or <paramref name="fallback"/>.</summary>
    public double Number(string name, double fallback, double min, double max) =>
        _configuration[name] is not { } text ? fallback
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value >= min && value <= max ? value
        : throw new UsageException($"--{name} must be a number from {min} to {max}, not '{text}'.");
}
