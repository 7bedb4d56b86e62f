namespace Strangler.Core.Rules;

/// <summary>How much is read at most. Rules are read inside a running edge, which no file may exhaust.</summary>
public static class RulesLimits
{
    /// <summary>Files of one rule set.</summary>
    public const int Files = 256;

    /// <summary>Characters of one file.</summary>
    public const int FileLength = 1 << 20;

    /// <summary>Characters of all files together.</summary>
    public const int TotalLength = 4 << 20;

    /// <summary>Levels of nesting. The YAML library and everything after it recurse, and a stack that overflows would end the edge.</summary>
    public const int Depth = 32;

    /// <summary>Characters of one value.</summary>
    public const int Text = 500;

    /// <summary>Capabilities of one rule set.</summary>
    public const int Capabilities = 200;

    /// <summary>Operations of one rule set.</summary>
    public const int Operations = 2000;

    /// <summary>Compare rules of one capability.</summary>
    public const int CompareRules = 500;

    /// <summary>Items of any other list.</summary>
    public const int Items = 64;

    /// <summary>Segments of a path pattern: ASP.NET's router fails above 28.</summary>
    public const int Segments = 24;

    /// <summary>Places in the router's table; patterns that mix names and parameters at many depths multiply them.</summary>
    public const int RouterStates = 20_000;

    /// <summary>Findings that are listed; a file that is wrong from top to bottom needs no more.</summary>
    public const int Diagnostics = 100;
}
