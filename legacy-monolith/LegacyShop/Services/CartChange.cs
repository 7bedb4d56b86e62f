namespace LegacyShop.Services;

/// <summary>How an attempt to change a cart ended.</summary>
internal enum CartChange
{
    Done,
    ProductNotFound,
    ProductDiscontinued,
    BadQuantity,
    CartFull,
}
