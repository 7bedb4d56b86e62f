namespace Shop.Adapters.Catalog;

/// <summary>A row of <c>product_images</c>.</summary>
internal sealed record LegacyImage(int ImgId, int ProdId, int Pos, string Url);
