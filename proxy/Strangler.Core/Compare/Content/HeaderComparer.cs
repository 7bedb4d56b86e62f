namespace Strangler.Core.Compare.Content;

/// <summary>
/// Compares the response headers: media type, charset and Location always, the others when both sides' headers were captured.
/// <c>header.NAME</c> is a header, <c>header.set-cookie.NAME</c> a cookie.
/// </summary>
internal sealed class HeaderComparer(CompareRules rules, DifferenceSink sink)
{
    public void Compare(Answer legacy, Answer @new)
    {
        if (!string.Equals(legacy.Location, @new.Location, StringComparison.Ordinal))
            sink.ReportHeader(DifferenceKind.Location, "Location", sink.SummarizeHeader(legacy.Location), sink.SummarizeHeader(@new.Location));
        CompareTypes(legacy, @new);
        if (legacy.Headers.Count == 0 || @new.Headers.Count == 0) return;

        foreach (var (name, value) in legacy.Headers) CompareOne(name, value, Find(@new, name));
        foreach (var (name, value) in @new.Headers)
            if (Find(legacy, name) is null) CompareOne(name, null, value);
        CompareCookies(legacy, @new);
    }

    private void CompareTypes(Answer legacy, Answer @new)
    {
        const string name = "Content-Type";
        if (string.Equals(legacy.ContentType, @new.ContentType, StringComparison.Ordinal)) return;
        var (leftType, rightType) = (ContentTypes.MediaType(legacy), ContentTypes.MediaType(@new));
        var (left, right) = (ContentTypes.Charset(legacy), ContentTypes.Charset(@new));
        if (!string.Equals(leftType, rightType, StringComparison.OrdinalIgnoreCase)) sink.ReportHeader(DifferenceKind.ContentType, name, Shown(leftType), Shown(rightType));
        else if (!string.Equals(left, right, StringComparison.OrdinalIgnoreCase)) sink.ReportHeader(DifferenceKind.Charset, name, Shown(left), Shown(right));
    }

    private void CompareOne(string name, string? legacy, string? @new)
    {
        if (string.Equals(legacy, @new, StringComparison.Ordinal) || IsSetCookie(name)) return;
        if (rules.IsVolatile(name))
        {
            if (rules.ComparedHeader(name) is not { } rule) return;
            sink.Hit(rule);
        }

        var (left, right) = (legacy is null ? null : HeaderPolicy.Canonical(name, legacy), @new is null ? null : HeaderPolicy.Canonical(name, @new));
        if (string.Equals(left, right, StringComparison.Ordinal)) return;
        var kind = (left, right) switch
        {
            (_, null) => DifferenceKind.HeaderMissing,
            (null, _) => DifferenceKind.HeaderExtra,
            _ => DifferenceKind.HeaderValue,
        };
        if (HeaderPolicy.IsPublic(name)) sink.ReportHeader(kind, name, Shown(left), Shown(right));
        else sink.ReportHeader(kind, name, sink.SummarizeHeader(left), sink.SummarizeHeader(right));
    }

    // A copy carries none of the shopper's cookies, so that a side may start a session which the other has already: that is noted, and
    // counts only where a rule says so.
    private void CompareCookies(Answer legacy, Answer @new)
    {
        var (left, right) = (Cookies(legacy), Cookies(@new));
        foreach (var name in left.Keys.Union(right.Keys, StringComparer.Ordinal))
        {
            var (one, other) = (left.GetValueOrDefault(name), right.GetValueOrDefault(name));
            if (string.Equals(one, other, StringComparison.Ordinal)) continue;
            var kind = one is not null && other is not null ? DifferenceKind.SetCookie : DifferenceKind.CookieOnOneSide;
            if (kind == DifferenceKind.CookieOnOneSide && rules.ComparedHeader(HeaderPolicy.SetCookie) is { } rule)
            {
                sink.Hit(rule);
                kind = DifferenceKind.SetCookie;
            }

            sink.ReportHeader(kind, HeaderPolicy.SetCookie, Shown(one), Shown(other), name);
        }
    }

    // The last line of a name is the one that a browser keeps.
    private static OrderedDictionary<string, string> Cookies(Answer answer)
    {
        var cookies = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in answer.Headers)
        {
            if (!IsSetCookie(name)) continue;
            var cookie = CookieLine.Of(value);
            cookies[cookie.Name] = cookie.Attributes;
        }

        return cookies;
    }

    private static bool IsSetCookie(string name) => name.Equals(HeaderPolicy.SetCookie, StringComparison.OrdinalIgnoreCase);

    private static string? Find(Answer answer, string name)
    {
        foreach (var header in answer.Headers)
            if (header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) return header.Value;
        return null;
    }

    private static ValueSummary Shown(string? value) => value is null ? ValueSummary.Missing : ValueSummary.Shown(SummaryType.Header, value);
}
