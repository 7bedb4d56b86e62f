using System.Globalization;
using System.Text;

namespace Strangler.Benchmarks.Differences;

/// <summary>Lists of products as a shop answers them.</summary>
internal static class ProductLists
{
    /// <summary>A list of at least so many bytes.</summary>
    /// <param name="bytes">The least length of the text.</param>
    /// <param name="changed">The product of which one field, the price, is another; -1 for none.</param>
    /// <param name="inserted">Whether one more product stands in front.</param>
    public static byte[] OfSize(int bytes, int changed = -1, bool inserted = false)
    {
        var products = new List<string>();
        var length = 0;
        for (var i = 0; length < bytes; i++)
        {
            products.Add(Product(i, changed: false));
            length += products[^1].Length + 1;
        }

        if (changed >= 0) products[changed] = Product(changed, changed: true);
        if (inserted) products.Insert(0, Product(9_999, changed: false));
        return Encoding.UTF8.GetBytes($$"""{"items":[{{string.Join(',', products)}}],"total":{{products.Count}}}""");
    }

    /// <summary>Many small items with a key, in opposite orders, of which both other fields of some differ.</summary>
    public static (byte[] Legacy, byte[] New) Keyed(int count, int differing) =>
        (Items(Enumerable.Range(0, count), 0), Items(Enumerable.Range(0, count).Reverse(), differing));

    private static byte[] Items(IEnumerable<int> ids, int differing) => Encoding.UTF8.GetBytes("[" + string.Join(',', ids.Select(id => string.Create(
        CultureInfo.InvariantCulture, $$"""{"id":{{id}},"qty":{{(id < differing ? id + 1 : id)}}}"""))) + "]");

    private static string Product(int number, bool changed) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"sku":"SKU-{{number:00000}}","name":"Garden chair of oak no. {{number}}","price":{{10 + number}}.{{(changed ? 91 : 90)}},"currency":"EUR","stock":{{number % 17}},"available":true,"category":"garden/furniture","tags":["oak","chair","outdoor"],"rating":{"average":4.{{number % 10}},"count":{{number * 3}}},"updatedAt":"2026-11-20T18:40:00Z"}""");
}
