using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Strangler.Core.Compare;

/// <summary>One step of the way to a JSON node: a field by its name, or an array item by its index.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PathSegment(string? Name, int Index)
{
    // A name can be as long as the body; a path is stored with every difference.
    private const int MaxNameLength = 64;

    public static PathSegment Field(string name) => new(name, -1);

    public static PathSegment Item(int index) => new(null, index);

    /// <summary>Writes a path: with <paramref name="template"/> every index is a star, so that all items share one path.</summary>
    public static string Render(ReadOnlySpan<PathSegment> path, bool template)
    {
        var text = new StringBuilder("$");
        foreach (var segment in path) segment.AppendTo(text, template);
        return text.ToString();
    }

    private void AppendTo(StringBuilder text, bool template)
    {
        if (Name is null)
        {
            text.Append('[').Append(template ? "*" : Index.ToString(CultureInfo.InvariantCulture)).Append(']');
            return;
        }

        var name = Name.Length <= MaxNameLength ? Name : string.Concat(Name.AsSpan(0, MaxNameLength), "...");
        if (IsPlain(name)) text.Append('.').Append(name);
        else text.Append("['").Append(name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)).Append("']");
    }

    private static bool IsPlain(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c == '_');
}
