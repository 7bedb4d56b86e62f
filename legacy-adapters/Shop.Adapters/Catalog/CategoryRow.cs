namespace Shop.Adapters.Catalog;

/// <summary>A row of <c>catalog.category</c>, which products share.</summary>
internal sealed record CategoryRow(string Slug, string Name);
