using Microsoft.Extensions.Primitives;

namespace Strangler.Proxy.Units;

/// <summary>The values of all cookies of one name, in the order in which the user agent sent them. Copies nothing.</summary>
/// <param name="headers">The Cookie headers.</param>
/// <param name="name">Name of the cookie, case-sensitive as RFC 6265 has it.</param>
internal ref struct CookieValues(StringValues headers, string name)
{
    private int _header = -1;
    private ReadOnlySpan<char> _rest = [];

    /// <summary>The present value; empty before the first <see cref="MoveNext"/>.</summary>
    public ReadOnlySpan<char> Current { get; private set; } = [];

    /// <summary>The first value; empty when there is no such cookie.</summary>
    public static ReadOnlySpan<char> First(StringValues headers, string name)
    {
        var values = new CookieValues(headers, name);
        return values.MoveNext() ? values.Current : [];
    }

    /// <summary>Goes to the next cookie of that name.</summary>
    public bool MoveNext()
    {
        while (true)
        {
            while (NextInHeader() is var found and >= 0)
            {
                if (TakeAt(found)) return true;
            }

            if (++_header >= headers.Count) return false;
            _rest = headers[_header].AsSpan();
        }
    }

    private readonly int NextInHeader() => _rest.Length > name.Length ? _rest.IndexOf(name, StringComparison.Ordinal) : -1;

    // Only the start of a pair names a cookie: the name may as well stand inside the value of another one.
    private bool TakeAt(int start)
    {
        var before = _rest[..start].TrimEnd();
        var after = _rest[(start + name.Length)..];
        var isCookie = (before.IsEmpty || before[^1] == ';') && after is ['=', ..];
        if (!isCookie)
        {
            // What was skipped must still be seen as something that stands before.
            var next = after.IndexOf(';');
            _rest = next < 0 ? [] : after[next..];
            return false;
        }

        var end = after.IndexOf(';');
        Current = (end < 0 ? after[1..] : after[1..end]).Trim();
        _rest = end < 0 ? [] : after[end..];
        return true;
    }
}
