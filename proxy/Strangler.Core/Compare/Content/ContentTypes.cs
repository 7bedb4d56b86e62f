using System.Net.Http.Headers;
using System.Text;
using System.Text.Unicode;

namespace Strangler.Core.Compare.Content;

/// <summary>What a Content-Type says about a body.</summary>
internal static class ContentTypes
{
    private const StringComparison Letters = StringComparison.OrdinalIgnoreCase;
    private static readonly string[] Texts = ["application/javascript", "application/ecmascript", "application/xml", "application/x-yaml", "application/yaml"];

    /// <summary>The media type without parameters; as it was sent when it is none.</summary>
    public static string? MediaType(Answer answer) => Parse(answer)?.MediaType ?? answer.ContentType;

    /// <summary>The charset, if any is named. JSON is UTF-8 whether or not the header says so (RFC 8259).</summary>
    public static string? Charset(Answer answer) =>
        Parse(answer) is not { } type ? null : type.CharSet?.Trim('"') ?? (KindOf(type.MediaType) == ContentKind.Json ? "utf-8" : null);

    public static ContentKind KindOf(string? mediaType)
    {
        if (mediaType is null) return ContentKind.Binary;
        if (mediaType.Equals("application/json", Letters) || mediaType.EndsWith("+json", Letters)) return ContentKind.Json;
        if (mediaType.Equals("text/html", Letters) || mediaType.Equals("application/xhtml+xml", Letters)) return ContentKind.Html;
        if (mediaType.Equals("application/x-www-form-urlencoded", Letters)) return ContentKind.Form;
        var isText = mediaType.StartsWith("text/", Letters) || mediaType.EndsWith("+xml", Letters) || Texts.Contains(mediaType, StringComparer.OrdinalIgnoreCase);
        return isText ? ContentKind.Text : ContentKind.Binary;
    }

    /// <summary>The text of a body: UTF-8, unless its charset says Latin-1 or it is no UTF-8; then byte by byte.</summary>
    public static string Decode(Answer answer)
    {
        var isLatin = Charset(answer) is { } charset && (charset.Equals("iso-8859-1", Letters) || charset.Equals("windows-1252", Letters));
        return !isLatin && Utf8.IsValid(answer.Body.Span) ? Encoding.UTF8.GetString(answer.Body.Span) : Encoding.Latin1.GetString(answer.Body.Span);
    }

    private static MediaTypeHeaderValue? Parse(Answer answer) => MediaTypeHeaderValue.TryParse(answer.ContentType, out var type) ? type : null;
}
