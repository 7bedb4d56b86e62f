using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Strangler.Core.Compare.Content;

/// <summary>
/// What of an HTML document is compared: elements, attributes and texts. Comments, the order of attributes, and whitespace where it
/// shows as one space are not.
/// </summary>
internal sealed class HtmlTree
{
    // As in the DOM.
    private const string TextName = "#text";

    // Deeper trees are not walked: each level is a call.
    private const int MaxDepth = 256;

    // End tags that sloppy pages leave out, and more, on top of that.
    private const int MaxUnclosed = 4 * MaxDepth;
    private static readonly string[] Verbatim = ["pre", "textarea", "script", "style"];

    private HtmlTree(string name, string? text)
    {
        Name = name;
        Text = text;
    }

    /// <summary>The name of the element; <c>#text</c> for a text.</summary>
    public string Name { get; }

    /// <summary>The text; null for an element.</summary>
    public string? Text { get; }

    /// <summary>Its id, or else its name: what a rule can point at. Null for none.</summary>
    public string? Id { get; private init; }

    public SortedDictionary<string, string> Attributes { get; } = new(StringComparer.Ordinal);

    public List<HtmlTree> Children { get; } = [];

    /// <summary>A hash of everything below.</summary>
    public UInt128 Hash { get; private set; }

    /// <summary>A hash of the name and the id only.</summary>
    public UInt128 Label => Of($"{Name}\n{Id}", 'n');

    /// <summary>Reads a document; null if it has more nodes, or more levels, than are read.</summary>
    public static HtmlTree? Read(string html, int maxNodes)
    {
        // Every node but a text begins so; reading far more than is compared would be waste.
        if (html.AsSpan().Count('<') > 2 * maxNodes || TagBalance.Exceeds(html, MaxUnclosed)) return null;
        var document = new HtmlParser().ParseDocument(html);
        return document.DocumentElement is { } root && IsWithin(root, maxNodes) ? Build(root, verbatim: false) : null;
    }

    // No recursion: this is what makes the recursion below safe. And by index, because a node looks for its next sibling from the first on.
    private static bool IsWithin(INode root, int maxNodes)
    {
        var nodes = 0;
        var open = new Stack<(INode Node, int Next)>();
        open.Push((root, 0));
        while (open.TryPop(out var place))
        {
            if (place.Next == 0 && ++nodes > maxNodes) return false;
            if (place.Next >= place.Node.ChildNodes.Length) continue;
            open.Push((place.Node, place.Next + 1));
            open.Push((place.Node.ChildNodes[place.Next], 0));
            if (open.Count > MaxDepth) return false;
        }

        return true;
    }

    private static HtmlTree Build(IElement element, bool verbatim)
    {
        var tree = new HtmlTree(element.LocalName, text: null) { Id = IdOf(element) };
        foreach (var attribute in element.Attributes) tree.Attributes[attribute.Name] = attribute.Name == "class" ? Classes(attribute.Value) : attribute.Value;
        verbatim |= Verbatim.Contains(element.LocalName, StringComparer.Ordinal);
        foreach (var child in element.ChildNodes)
        {
            if (child is IElement inner) tree.Children.Add(Build(inner, verbatim));
            else if (child is IText text) tree.AddText(verbatim ? text.Data : Collapsed(text.Data));
        }

        tree.Hash = tree.Compute();
        return tree;
    }

    private static string? IdOf(IElement element) =>
        element.Id is { Length: > 0 } id ? id : element.GetAttribute("name") is { Length: > 0 } name ? name : null;

    private void AddText(string text)
    {
        if (text.Length > 0) Children.Add(new HtmlTree(TextName, text) { Hash = Of(text, 't') });
    }

    private UInt128 Compute()
    {
        var hash = Of(Name, 'e');
        foreach (var (name, value) in Attributes) hash = ValueHash.Combine(ValueHash.Combine(hash, Of(name, 'a')), Of(value, 'v'));
        foreach (var child in Children) hash = ValueHash.Combine(hash, child.Hash);
        return hash;
    }

    private static string Collapsed(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Classes(string value) =>
        string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static UInt128 Of(string text, char type) => ValueHash.Of(Encoding.UTF8.GetBytes(text), (byte)type);
}
