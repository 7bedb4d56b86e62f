namespace LegacyShop.Jobs;

/// <summary>What one night changed.</summary>
internal sealed record NightlyStockResult(int StockCorrected, int StockRemoved, int PricesChanged, int ImagesReplaced);
