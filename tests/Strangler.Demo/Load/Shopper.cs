namespace Strangler.Demo.Load;

/// <summary>
/// One simulated shopper, who always does the same for the same seed: browses mostly, searches, fills a cart and orders at times.
/// </summary>
internal sealed class Shopper : IDisposable
{
    private const int Products = 5_000;
    private const int Customers = 2_000;
    private const int Pages = 40;
    private const int ThinkAtLeastMs = 350;
    private const int ThinkAtMostMs = 950;
    private const int Created = 201;

    // They come in one after the other: a shop that has just opened is cold.
    private static readonly TimeSpan BetweenArrivals = TimeSpan.FromMilliseconds(25);

    private static readonly string[] Categories = ["garden", "tools", "kitchen", "toys", "office", "lighting"];
    private static readonly string[] Words = ["lamp", "steel", "table", "oak", "box", "chair", "garden"];

    private readonly Random _random;
    private readonly Browser _browser;
    private readonly LoadLedger _ledger;
    private readonly TimeProvider _time;
    private readonly int _number;
    private bool _loggedIn;

    /// <summary>A shopper who has not been in the shop yet.</summary>
    public Shopper(int number, int seed, IReadOnlyList<Uri> edges, LoadLedger ledger, TimeProvider time)
    {
        _number = number;
        _ledger = ledger;
        _time = time;
        _random = new Random(unchecked((seed * 1_009) + number));
        _browser = new Browser(edges, number, ledger);
    }

    /// <summary>Shops until cancelled, with pauses of about two thirds of a second.</summary>
    public async Task ShopAsync(CancellationToken cancellation)
    {
        await Task.Delay(BetweenArrivals * _number, _time, cancellation);
        while (true)
        {
            await ActAsync(cancellation);
            await ThinkAsync(cancellation);
        }
    }

    public void Dispose() => _browser.Dispose();

    private Task ThinkAsync(CancellationToken cancellation) =>
        Task.Delay(TimeSpan.FromMilliseconds(_random.Next(ThinkAtLeastMs, ThinkAtMostMs)), _time, cancellation);

    private Task ActAsync(CancellationToken cancellation) => _random.Next(100) switch
    {
        < 45 => _browser.GetAsync($"/api/products/{Sku()}", cancellation),
        < 70 => _browser.GetAsync($"/api/products?page={_random.Next(1, Pages)}", cancellation),
        < 78 => _browser.GetAsync($"/api/products?category={Pick(Categories)}&size=12", cancellation),
        < 80 => _browser.GetAsync($"/api/search?q={Pick(Words)}", cancellation),
        < 82 => _browser.GetAsync($"/api/products/NO-SUCH-{_random.Next(100)}", cancellation),
        < 87 => _browser.GetAsync($"/product/{Sku()}", cancellation),
        < 92 => _browser.GetAsync($"/api/stock/{Sku()}", cancellation),
        < 94 => AccountAsync(cancellation),
        < 96 => _browser.GetAsync("/api/cart", cancellation),
        < 98 => _browser.PostAsync("/api/cart", new { sku = Sku(), qty = _random.Next(1, 3) }, cancellation),
        _ => OrderAsync(cancellation),
    };

    private async Task AccountAsync(CancellationToken cancellation)
    {
        await LogInAsync(cancellation);
        await _browser.GetAsync($"/api/customers/{Customer}", cancellation);
    }

    private async Task LogInAsync(CancellationToken cancellation)
    {
        if (!_loggedIn)
        {
            var email = $"customer{Customer:D4}@shop.example";
            _loggedIn = await _browser.PostAsync("/api/login", new { email, password = "demo" }, cancellation) == 200;
        }
    }

    private async Task OrderAsync(CancellationToken cancellation)
    {
        await LogInAsync(cancellation);
        await _browser.PostAsync("/api/cart", new { sku = Sku(), qty = 1 }, cancellation);
        if (await _browser.PostAsync("/api/orders", new { note = (string?)null }, cancellation) == Created)
        {
            _ledger.Ordered();
        }
    }

    private int Customer => 1 + (_number % Customers);

    // Every product of the seed: also the discontinued and the deleted ones.
    private string Sku() => $"SKU-{_random.Next(1, Products + 1):D5}";

    private string Pick(string[] choices) => choices[_random.Next(choices.Length)];
}
