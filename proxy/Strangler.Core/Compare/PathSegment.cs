using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Strangler.Core.Redaction;

namespace Strangler.Core.Compare;

/// <summary>One step of the way to a JSON node: a field by its name, or an array item by its index.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PathSegment(string? Name, int Index, bool Guessed = false)
{
    // A name can be as long as the body; a path is stored with every difference.
    private const int MaxNameLength = 64;

    public static PathSegment Field(string name) => new(name, -1);

    /// <summary>An item; <paramref name="guessed"/> if only its position tells which item of the other side it belongs to.</summary>
    public static PathSegment Item(int index, bool guessed = false) => new(null, index, guessed);

    /// <summary>The path with every index a star, so that all items share it: <c>$.items[*].price</c>.</summary>
    public static string Template(ReadOnlySpan<PathSegment> path)
    {
        var text = new StringBuilder("$");
        foreach (var segment in path) segment.AppendTo(text);
        return text.ToString();
    }

    /// <summary>The exact path as a JSON Pointer: <c>/items/1/price</c>; empty for the whole document.</summary>
    public static string Pointer(ReadOnlySpan<PathSegment> path)
    {
        var text = new StringBuilder();
        foreach (var segment in path)
        {
            text.Append('/');
            if (segment.Name is null) text.Append(CultureInfo.InvariantCulture, $"{segment.Index}");
            else text.Append(Cut(segment.Name).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        }

        return text.ToString();
    }

    private void AppendTo(StringBuilder text)
    {
        if (Name is null)
        {
            text.Append("[*]");
            return;
        }

        var name = Cut(Name);
        if (IsPlain(name)) text.Append('.').Append(name);
        else text.Append("['").Append(name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)).Append("']");
    }

    /// <summary>A name as it is stored: its beginning, when it is long, without what is personal. A map may have personal data for names.</summary>
    public static string Cut(string name)
    {
        var clean = PersonalData.Mask(name);
        return clean.Length <= MaxNameLength ? clean : string.Concat(clean.AsSpan(0, MaxNameLength), "...");
    }

    private static bool IsPlain(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c == '_');
}
