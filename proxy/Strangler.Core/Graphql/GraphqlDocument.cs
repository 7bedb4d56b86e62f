namespace Strangler.Core.Graphql;

/// <summary>Reads a GraphQL document (October 2021, 2.2 to 2.12) only to say whether running it can change anything.</summary>
internal ref struct GraphqlDocument
{
    private const int MaxDepth = 64;

    private readonly string? _operationName;
    private GraphqlLexer _lexer;
    private int _depth;

    private GraphqlDocument(ReadOnlySpan<char> text, string? operationName)
    {
        _lexer = new GraphqlLexer(text);
        _operationName = operationName;
    }

    /// <summary>
    /// True if the document is well formed, holds nothing but queries and fragments, and exactly one of its queries is the one to run. A document with
    /// a mutation is refused even when a query is chosen: a server that chooses otherwise would run it.
    /// </summary>
    /// <param name="text">The document.</param>
    /// <param name="operationName">The operation to run; null for the only one.</param>
    public static bool RunsAQuery(ReadOnlySpan<char> text, string? operationName) => new GraphqlDocument(text, operationName).ReadAll();

    private bool ReadAll()
    {
        var (operations, chosen) = (0, 0);
        var anonymous = false;
        while (_lexer.Kind != GraphqlToken.End)
        {
            if (IsName("fragment"))
            {
                if (!ReadFragment()) return false;
                continue;
            }

            if (!ReadQuery(out var name)) return false;
            operations++;
            anonymous |= name is null;
            if (_operationName is null || name is not null && name == _operationName) chosen++;
        }

        return chosen == 1 && (!anonymous || operations == 1);
    }

    // Whatever begins with another word is refused here, mutations and subscriptions above all.
    private bool ReadQuery(out string? name)
    {
        name = null;
        if (_lexer.Is('{')) return ReadSelections();
        if (!IsName("query")) return false;
        _lexer.Next();
        if (_lexer.Kind == GraphqlToken.Name)
        {
            name = _lexer.Value.ToString();
            _lexer.Next();
        }

        return ReadVariables() && ReadDirectives() && ReadSelections();
    }

    private bool ReadFragment()
    {
        _lexer.Next();
        return !IsName("on") && TakeName() && IsName("on") && TakeName() && TakeName() && ReadDirectives() && ReadSelections();
    }

    private bool ReadVariables()
    {
        if (!_lexer.Is('(')) return true;
        _lexer.Next();
        do
        {
            if (!Take('$') || !TakeName() || !Take(':') || !ReadType()) return false;
            if (_lexer.Is('='))
            {
                _lexer.Next();
                if (!ReadValue()) return false;
            }

            if (!ReadDirectives()) return false;
        }
        while (!_lexer.Is(')'));
        return Take(')');
    }

    private bool ReadType()
    {
        var lists = 0;
        for (; _lexer.Is('['); lists++)
        {
            if (lists == MaxDepth) return false;
            _lexer.Next();
        }

        if (!TakeName()) return false;
        if (_lexer.Is('!')) _lexer.Next();
        for (; lists > 0; lists--)
        {
            if (!Take(']')) return false;
            if (_lexer.Is('!')) _lexer.Next();
        }

        return true;
    }

    private bool ReadDirectives()
    {
        while (_lexer.Is('@'))
        {
            _lexer.Next();
            if (!TakeName() || !ReadArguments()) return false;
        }

        return true;
    }

    private bool ReadArguments()
    {
        if (!_lexer.Is('(')) return true;
        _lexer.Next();
        do
        {
            if (!TakeName() || !Take(':') || !ReadValue()) return false;
        }
        while (!_lexer.Is(')'));
        return Take(')');
    }

    private bool ReadSelections()
    {
        if (++_depth > MaxDepth || !Take('{')) return false;
        do
        {
            if (!ReadSelection()) return false;
        }
        while (!_lexer.Is('}'));
        _depth--;
        return Take('}');
    }

    private bool ReadSelection()
    {
        if (_lexer.Kind == GraphqlToken.Spread) return ReadSpread();
        if (!TakeName()) return false;
        if (_lexer.Is(':'))
        {
            _lexer.Next();
            if (!TakeName()) return false;
        }

        return ReadArguments() && ReadDirectives() && (!_lexer.Is('{') || ReadSelections());
    }

    private bool ReadSpread()
    {
        _lexer.Next();
        if (IsName("on")) return TakeName() && TakeName() && ReadDirectives() && ReadSelections();
        if (_lexer.Kind == GraphqlToken.Name) return TakeName() && ReadDirectives();
        return ReadDirectives() && ReadSelections();
    }

    private bool ReadValue()
    {
        if (_lexer.Is('$')) return Take('$') && TakeName();
        if (_lexer.Is('[')) return ReadList();
        if (_lexer.Is('{')) return ReadObject();
        if (_lexer.Kind is not (GraphqlToken.Name or GraphqlToken.Number or GraphqlToken.Text)) return false;
        _lexer.Next();
        return true;
    }

    private bool ReadList()
    {
        if (++_depth > MaxDepth || !Take('[')) return false;
        while (!_lexer.Is(']'))
        {
            if (!ReadValue()) return false;
        }

        _depth--;
        return Take(']');
    }

    private bool ReadObject()
    {
        if (++_depth > MaxDepth || !Take('{')) return false;
        while (!_lexer.Is('}'))
        {
            if (!TakeName() || !Take(':') || !ReadValue()) return false;
        }

        _depth--;
        return Take('}');
    }

    private readonly bool IsName(string name) => _lexer.Kind == GraphqlToken.Name && _lexer.Value.SequenceEqual(name);

    private bool Take(char punctuator)
    {
        if (!_lexer.Is(punctuator)) return false;
        _lexer.Next();
        return true;
    }

    private bool TakeName()
    {
        if (_lexer.Kind != GraphqlToken.Name) return false;
        _lexer.Next();
        return true;
    }
}
