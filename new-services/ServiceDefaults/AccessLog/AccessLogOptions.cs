namespace ServiceDefaults.AccessLog;

/// <summary>Section <c>AccessLog</c>.</summary>
internal sealed class AccessLogOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "AccessLog";

    /// <summary>The file to append to, made with its folder when missing; none is written when this is empty, the default.</summary>
    public string Path { get; set; } = "";

    /// <summary>Names of request headers whose values go into the log; none by default.</summary>
    public IList<string> Headers { get; } = [];
}
