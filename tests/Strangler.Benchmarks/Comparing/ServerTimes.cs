using System.Globalization;

namespace Strangler.Benchmarks.Comparing;

/// <summary>CPU time of a PostgreSQL server, as Linux counts it.</summary>
internal static class ServerTimes
{
    // USER_HZ, which is 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Seconds of the postmaster, its living processes and those that have ended.</summary>
    public static double Seconds(int postmaster)
    {
        var ticks = 0L;
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _)))
        {
            try
            {
                // The name, in parentheses, may hold spaces; after it come state, parent and so on.
                var text = File.ReadAllText(Path.Combine(folder, "stat"));
                var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
                var isPostmaster = Path.GetFileName(folder) == postmaster.ToString(CultureInfo.InvariantCulture);
                if (isPostmaster)
                {
                    ticks += Sum(fields, 11, 4);
                }
                else if (fields[1] == postmaster.ToString(CultureInfo.InvariantCulture))
                {
                    ticks += Sum(fields, 11, 2);
                }
            }
            catch (IOException)
            {
                // It ended while we looked; the postmaster has its time now or soon.
            }
        }

        return ticks / TicksPerSecond;
    }

    private static long Sum(string[] fields, int first, int count) => fields.Skip(first).Take(count).Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
}
