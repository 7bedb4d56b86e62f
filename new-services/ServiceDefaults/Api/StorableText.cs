namespace ServiceDefaults.Api;

/// <summary>Text from outside that is compared with text of the database.</summary>
public static class StorableText
{
    // Never in stored text, which is printable; so a search for it finds nothing, as it should.
    private const char Stranger = '\uFFFF';

    /// <summary>The same text without U+0000, which PostgreSQL refuses to read.</summary>
    /// <param name="text">The text from outside.</param>
    public static string From(string text) => text.Replace('\0', Stranger);
}
