using Strangler.Demo.Load;
using Strangler.Demo.Shop;
using Strangler.Demo.Tour.Steps;
using Strangler.Demo.Watching;

namespace Strangler.Demo.Tour;

/// <summary>Tells the story unattended and says what of it was seen.</summary>
internal sealed class TourRun(RunningShop shop, DemoOptions options, Screen screen, TimeProvider time)
{
    // What is left of 80 columns.
    private const int LongestLine = 66;

    private readonly int _seed = options.Seed;

    /// <summary>Runs all steps; the ones after a step that was not seen would prove nothing and are left out.</summary>
    /// <returns>Whether all of it was seen.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        ITourStep[] steps = options.Edges == 1
            ?
            [
                new LegacyServes(), new AdaptersFollow(), new ShadowFinds(), new ShadowRecovers(), new CanaryRises(),
                new CatalogDies(), new KillStops(),
            ]
            : [new LegacyServes(), new AdaptersFollow(), new FlipsEverywhere(), new EdgeDies(), new StoreDies(), new StoreReturns()];
        var admins = shop.Managements.Select(management => new AdminClient(management, shop.Folder.TokenFile)).ToList();
        await using var crowd = new ShopperCrowd(shop.Edges, _seed, time);
        var tour = NewContext(admins, crowd.Ledger);
        var seen = 0;
        foreach (var step in steps)
        {
            if (!await TellAsync(seen + 1, step, tour, cancellation))
            {
                break;
            }

            seen++;
        }

        var load = crowd.Ledger.Read();
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        screen.Line($"{seen} of {steps.Length} steps seen in {seconds:0} s, seed {_seed}");
        screen.Line(
            $"{load.Requests:#,0} requests by {ShopperCrowd.Size} shoppers, {load.Orders} orders, "
            + $"{load.Failed} failed, {load.Cut} cut off");
        if (crowd.Ledger.LastFailure is { } failure)
        {
            screen.Line($"The last failure: {failure}");
        }

        admins.ForEach(admin => admin.Dispose());
        return seen == steps.Length;
    }

    private TourContext NewContext(IReadOnlyList<AdminClient> admins, LoadLedger ledger) => new()
    {
        Shop = shop,
        Edges = admins,
        Ledger = ledger,
        Legacy = new AccessLog(shop.Folder.MonolithAccessLog, AccessLogFormats.ParseMonolith),
        Catalog = new AccessLog(shop.Folder.CatalogAccessLog, AccessLogFormats.ParseCatalog),
        Defect = Defect.Of(_seed),
        Seed = _seed,
        Time = time,
    };

    private async Task<bool> TellAsync(int number, ITourStep step, TourContext tour, CancellationToken cancellation)
    {
        screen.Line($"{number}  {step.Title}");
        screen.Line($"   expected  {step.Expected}");
        var result = await step.RunAsync(tour, cancellation);
        var lines = result.Counted.SelectMany(Wrapped).ToList();
        for (var line = 0; line < lines.Count; line++)
        {
            screen.Line($"   {(line == 0 ? "counted" : string.Empty),-9} {lines[line]}");
        }

        screen.Line(result.Seen ? "   seen" : "   NOT seen");
        screen.Line();
        return result.Seen;
    }

    private static IEnumerable<string> Wrapped(string sentence)
    {
        var line = "";
        foreach (var word in sentence.Split(' '))
        {
            if (line.Length + word.Length >= LongestLine)
            {
                yield return line;
                line = "  ";
            }

            line += line.Trim().Length == 0 ? word : $" {word}";
        }

        yield return line;
    }
}
