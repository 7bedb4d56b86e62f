namespace Strangler.IntegrationTests.Sync.Convergence;

/// <summary>Which faults a seed gets: of five seeds in a row that begin at a multiple of five, each kind comes at least once.</summary>
internal static class FaultDeck
{
    /// <summary>Seeds that together have all kinds.</summary>
    public const int Seeds = 5;

    private const int Extra = 1;

    /// <summary>The faults in their order; the seed alone decides.</summary>
    public static IReadOnlyList<FaultKind> Deal(int seed)
    {
        var deck = Enum.GetValues<FaultKind>();
        new Random(seed / Seeds).Shuffle(deck);
        var random = new Random(seed);
        FaultKind[] hand =
        [
            .. deck.Where((_, index) => index % Seeds == seed % Seeds),
            .. Enumerable.Range(0, Extra).Select(_ => deck[random.Next(deck.Length)]),
        ];
        random.Shuffle(hand);
        return hand;
    }
}
