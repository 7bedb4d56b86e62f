namespace Strangler.Core.Graphql;

/// <summary>Cuts a GraphQL document into tokens, exactly as the specification has them. What is not in it is an error, never a guess.</summary>
internal ref struct GraphqlLexer
{
    private const string Block = "\"\"\"";

    private readonly ReadOnlySpan<char> _text;
    private int _at;

    public GraphqlLexer(ReadOnlySpan<char> text)
    {
        _text = text;
        Next();
    }

    /// <summary>The kind of the current token.</summary>
    public GraphqlToken Kind { get; private set; }

    /// <summary>The characters of the current token.</summary>
    public ReadOnlySpan<char> Value { get; private set; }

    /// <summary>True if the current token is this character.</summary>
    public readonly bool Is(char punctuator) => Kind == GraphqlToken.Punctuator && Value[0] == punctuator;

    /// <summary>Goes on to the next token. After the end, or an error, it stays there.</summary>
    public void Next()
    {
        if (Kind == GraphqlToken.Error) return;
        if (!SkipIgnored())
        {
            Kind = GraphqlToken.Error;
            return;
        }

        var start = _at;
        Kind = Read();
        Value = Kind == GraphqlToken.Error ? default : _text[start.._at];
    }

    private GraphqlToken Read()
    {
        if (_at == _text.Length) return GraphqlToken.End;
        var c = _text[_at];
        if (IsNameStart(c)) return ReadName();
        if (c == '-' || char.IsAsciiDigit(c)) return ReadNumber();
        if (c == '"') return _text[_at..].StartsWith(Block) ? ReadBlock() : ReadString();
        if (_text[_at..].StartsWith("..."))
        {
            _at += 3;
            return GraphqlToken.Spread;
        }

        if (!"!$&():=@[]{|}".Contains(c, StringComparison.Ordinal)) return GraphqlToken.Error;
        _at++;
        return GraphqlToken.Punctuator;
    }

    // False for a character that no document may have, or that some readers take for the end of a line and others do not.
    private bool SkipIgnored()
    {
        for (; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            if (c is ' ' or '\t' or '\n' or '\r' or ',' || c == '\uFEFF' && _at == 0) continue;
            if (c != '#') break;
            while (_at + 1 < _text.Length && _text[_at + 1] is not ('\n' or '\r'))
            {
                if (!IsSource(_text[++_at])) return false;
            }
        }

        return true;
    }

    private GraphqlToken ReadName()
    {
        while (_at < _text.Length && IsNamePart(_text[_at])) _at++;
        return GraphqlToken.Name;
    }

    private GraphqlToken ReadNumber()
    {
        if (_text[_at] == '-') _at++;
        var first = _at;
        if (!SkipDigits() || _text[first] == '0' && _at > first + 1) return GraphqlToken.Error;
        if (Peek('.'))
        {
            _at++;
            if (!SkipDigits()) return GraphqlToken.Error;
        }

        if (Peek('e') || Peek('E'))
        {
            _at++;
            if (Peek('+') || Peek('-')) _at++;
            if (!SkipDigits()) return GraphqlToken.Error;
        }

        return _at < _text.Length && (_text[_at] == '.' || IsNamePart(_text[_at])) ? GraphqlToken.Error : GraphqlToken.Number;
    }

    private GraphqlToken ReadString()
    {
        for (_at++; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            if (c == '"')
            {
                _at++;
                return GraphqlToken.Text;
            }

            if (c is '\n' or '\r' || !IsSource(c)) return GraphqlToken.Error;
            if (c == '\\' && !SkipEscape()) return GraphqlToken.Error;
        }

        return GraphqlToken.Error;
    }

    // At the backslash; ends at the last character of the escape.
    private bool SkipEscape()
    {
        if (++_at == _text.Length) return false;
        if (_text[_at] != 'u') return "\"\\/bfnrt".Contains(_text[_at], StringComparison.Ordinal);
        for (var i = 0; i < 4; i++)
        {
            if (++_at == _text.Length || !char.IsAsciiHexDigit(_text[_at])) return false;
        }

        return true;
    }

    private GraphqlToken ReadBlock()
    {
        for (_at += Block.Length; _at < _text.Length; _at++)
        {
            var rest = _text[_at..];
            if (rest.StartsWith(Block))
            {
                _at += Block.Length;
                return GraphqlToken.Text;
            }

            if (rest[0] == '\\' && rest[1..].StartsWith(Block)) _at += Block.Length;
            else if (rest[0] is not ('\n' or '\r') && !IsSource(rest[0])) return GraphqlToken.Error;
        }

        return GraphqlToken.Error;
    }

    private bool SkipDigits()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at])) _at++;
        return _at > start;
    }

    private readonly bool Peek(char c) => _at < _text.Length && _text[_at] == c;

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private static bool IsNamePart(char c) => IsNameStart(c) || char.IsAsciiDigit(c);

    // Without the line ends of other languages: a reader that takes them for one would see the end of a comment where we do not.
    private static bool IsSource(char c) => c is '\t' or >= ' ' and not ('\u007F' or '\u0085' or '\u2028' or '\u2029');
}
