namespace Strangler.Core.Compare.Content;

/// <summary>Compares two bodies of different bytes in the way that their media types ask for.</summary>
internal sealed class BodyComparer(CompareRules rules, CompareLimits limits, TimeSpan apart, DifferenceSink sink)
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public void Compare(Answer legacy, Answer @new)
    {
        if (legacy.Body.IsEmpty || @new.Body.IsEmpty)
        {
            sink.ReportBody(DifferenceKind.BodyPresence, legacy.Body, @new.Body);
            return;
        }

        var kind = ContentTypes.KindOf(ContentTypes.MediaType(legacy));
        if (kind != ContentTypes.KindOf(ContentTypes.MediaType(@new)))
        {
            sink.ReportBody(DifferenceKind.Body, legacy.Body, @new.Body);
        }
        else if (kind == ContentKind.Binary)
        {
            sink.ReportBody(DifferenceKind.Binary, legacy.Body, @new.Body);
        }
        else
        {
            // Strict readers of JSON refuse a byte order mark (RFC 8259 forbids to send one); what follows it is compared all the same.
            if (HasMark(legacy.Body) != HasMark(@new.Body)) sink.ReportBody(DifferenceKind.Charset, legacy.Body, @new.Body);
            CompareTexts(kind, legacy with { Body = WithoutMark(legacy.Body) }, @new with { Body = WithoutMark(@new.Body) });
        }
    }

    private void CompareTexts(ContentKind kind, Answer legacy, Answer @new)
    {
        if (kind == ContentKind.Json)
        {
            CompareJson(legacy.Body, @new.Body);
        }
        else if (!TryCompareTexts(kind, legacy, @new))
        {
            sink.ReportBody(DifferenceKind.BeyondLimit, legacy.Body, @new.Body);
            sink.Truncate();
        }
    }

    private bool TryCompareTexts(ContentKind kind, Answer legacy, Answer @new)
    {
        var texts = new TextNodes(rules, apart, sink);
        var (left, right) = (ContentTypes.Decode(legacy), ContentTypes.Decode(@new));
        if (string.Equals(left, right, StringComparison.Ordinal))
        {
            // The same letters of different bytes: the headers do not say so when they agree.
            var agree = string.Equals(ContentTypes.Charset(legacy), ContentTypes.Charset(@new), StringComparison.OrdinalIgnoreCase);
            if (agree && !legacy.Body.Span.SequenceEqual(@new.Body.Span)) sink.ReportBody(DifferenceKind.Charset, legacy.Body, @new.Body);
            return true;
        }

        return kind switch
        {
            ContentKind.Html => new HtmlComparer(texts, sink).TryCompare(left, right, limits.MaxTokens),
            ContentKind.Form => FormComparer.TryCompare(left, right, limits.MaxTokens, texts, sink),
            _ => LineComparer.TryCompare(left, right, limits.MaxTokens, texts, sink),
        };
    }

    private void CompareJson(ReadOnlyMemory<byte> legacy, ReadOnlyMemory<byte> @new)
    {
        var (leftResult, rightResult) = JsonIndexer.Read(legacy, @new, limits, out var left, out var right);
        using (left)
        using (right)
        {
            if (left is not null && right is not null)
            {
                new JsonComparer(rules, apart, limits, sink).Compare(left.Root, right.Root);
            }
            else if (leftResult == JsonReadResult.BeyondLimit || rightResult == JsonReadResult.BeyondLimit)
            {
                sink.ReportBody(DifferenceKind.BeyondLimit, legacy, @new);
                sink.Truncate();
            }
            else
            {
                sink.ReportBody(left is null && right is null ? DifferenceKind.Body : DifferenceKind.ParseFailure, legacy, @new);
            }
        }
    }

    private static bool HasMark(ReadOnlyMemory<byte> body) => body.Span.StartsWith(ByteOrderMark);

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) => HasMark(body) ? body[ByteOrderMark.Length..] : body;
}
