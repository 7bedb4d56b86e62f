using LegacyShop.Data;
using LegacyShop.Jobs;
using LegacyShop.Seeding;
using LegacyShop.Web;

namespace LegacyShop;

/// <summary>The shop's verbs: serve, seed and nightly-stock.</summary>
internal static class Program
{
    private const string Usage = """
        usage: LegacyShop serve [--urls URLS] [--AccessLog:Path FILE]
               LegacyShop seed [--scale 1] [--seed 2009]
               LegacyShop nightly-stock [--seed N]
        The database is named by ConnectionStrings__Shop or --ConnectionStrings:Shop.
        """;

    private static async Task<int> Main(string[] args)
    {
        try
        {
            switch (args.FirstOrDefault())
            {
                case "serve":
                    await ShopServer.RunAsync(args[1..]);
                    return 0;
                case "seed":
                    await SeedCommand.RunAsync(args[1..]);
                    return 0;
                case "nightly-stock":
                    await NightlyStockCommand.RunAsync(args[1..]);
                    return 0;
                case null:
                    throw new UsageException("A verb is missing.");
                default:
                    throw new UsageException($"Unknown verb '{args[0]}'.");
            }
        }
        catch (UsageException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}\n{Usage}");
            return 2;
        }
        catch (ShopException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (Exception e) when (DatabaseFault.IsAway(e))
        {
            await Console.Error.WriteLineAsync($"The shop's database is not available: {e.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
    }
}
