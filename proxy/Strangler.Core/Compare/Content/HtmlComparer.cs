namespace Strangler.Core.Compare.Content;

/// <summary>
/// Compares two HTML documents as trees. An element is a step by its name and, where siblings share it, an index; one with an id or a
/// name adds <c>#id</c>; an attribute is <c>@name</c>: <c>$..['#csrf']['@value']</c>.
/// </summary>
internal sealed class HtmlComparer(TextNodes texts, DifferenceSink sink)
{
    /// <summary>Compares two documents; false if one has more nodes or levels than are read.</summary>
    public bool TryCompare(string legacy, string @new, int maxNodes)
    {
        if (HtmlTree.Read(legacy, maxNodes) is not { } left || HtmlTree.Read(@new, maxNodes) is not { } right) return false;
        CompareAt(left, left, right, index: null, guessed: false);
        return true;
    }

    private void CompareElements(HtmlTree legacy, HtmlTree @new)
    {
        foreach (var name in legacy.Attributes.Keys.Union(@new.Attributes.Keys, StringComparer.Ordinal))
        {
            sink.Enter(PathSegment.Field($"@{name}"));
            texts.Compare(DifferenceKind.HtmlAttribute, legacy.Attributes.GetValueOrDefault(name), @new.Attributes.GetValueOrDefault(name));
            sink.Leave();
        }

        CompareChildren(legacy.Children, @new.Children);
    }

    // Equal subtrees are aligned first; what is left is aligned once more by name and id, so that an element that was changed is not
    // taken for one that was put before it.
    private void CompareChildren(List<HtmlTree> legacy, List<HtmlTree> @new)
    {
        var (leftPlaces, rightPlaces) = (Places(legacy), Places(@new));
        var equal = ArrayPairing.InSequence([.. legacy.Select(child => child.Hash)], [.. @new.Select(child => child.Hash)]);
        if (equal.Reordered) sink.ReportNode(DifferenceKind.Order, null, null);
        var changed = equal.Pairs.Where(pair => legacy[pair.Legacy].Hash != @new[pair.New].Hash).ToList();
        foreach (var pair in equal.Pairs.Except(changed)) CompareAt(legacy[pair.Legacy], legacy[pair.Legacy], @new[pair.New], leftPlaces[pair.Legacy], guessed: false);

        int[] left = [.. changed.Select(pair => pair.Legacy).Concat(equal.Missing).Order()];
        int[] right = [.. changed.Select(pair => pair.New).Concat(equal.Extra).Order()];
        var named = ArrayPairing.InSequence([.. left.Select(index => legacy[index].Label)], [.. right.Select(index => @new[index].Label)]);
        foreach (var pair in named.Pairs) CompareAt(legacy[left[pair.Legacy]], legacy[left[pair.Legacy]], @new[right[pair.New]], leftPlaces[left[pair.Legacy]], pair.Guessed);
        foreach (var index in named.Missing) CompareAt(legacy[left[index]], legacy[left[index]], null, leftPlaces[left[index]], guessed: false);
        foreach (var index in named.Extra) CompareAt(@new[right[index]], null, @new[right[index]], rightPlaces[right[index]], guessed: false);
    }

    private void CompareAt(HtmlTree named, HtmlTree? legacy, HtmlTree? @new, int? index, bool guessed)
    {
        if (sink.IsFull) return;
        sink.Enter(PathSegment.Field(named.Name));
        if (index is { } place) sink.Enter(PathSegment.Item(place, guessed));
        if (named.Id is { } id) sink.Enter(PathSegment.Field($"#{id}"));
        if (named.Text is not null && legacy?.Name != @new?.Name) texts.Compare(DifferenceKind.HtmlText, legacy?.Text, @new?.Text);
        else if (legacy?.Text is not null && @new?.Text is not null) texts.Compare(DifferenceKind.HtmlText, legacy.Text, @new.Text);
        else if (legacy is null || @new is null || legacy.Name != @new.Name) sink.ReportNode(DifferenceKind.HtmlNode, legacy?.Name, @new?.Name);
        else CompareElements(legacy, @new);
        if (named.Id is not null) sink.Leave();
        if (index is not null) sink.Leave();
        sink.Leave();
    }

    // The place of each among its siblings of the same name; null for the only one.
    private static int?[] Places(List<HtmlTree> siblings)
    {
        var counts = siblings.CountBy(sibling => sibling.Name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. siblings.Select(Place)];

        int? Place(HtmlTree sibling)
        {
            var place = seen.GetValueOrDefault(sibling.Name);
            seen[sibling.Name] = place + 1;
            return counts[sibling.Name] == 1 ? null : place;
        }
    }
}
