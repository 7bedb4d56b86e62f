namespace LegacyShop.Jobs;

/// <summary>What one night changed.</summary>
internal sealed record NightlyStockResult(int StockRemoved, int StockCorrected, int PricesChanged, int ImagesReplaced);
