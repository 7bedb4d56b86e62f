namespace Strangler.Core.Rules;

/// <summary>The kinds of findings in rules. Their names are public: scripts and editors tell findings apart by them.</summary>
public static class RuleCodes
{
    /// <summary>The file is no YAML that rules may be written in.</summary>
    public const string Yaml = "yaml";

    /// <summary>A file, or all together, are larger than any rules.</summary>
    public const string TooLarge = "too-large";

    /// <summary>More of something than an edge takes.</summary>
    public const string TooMany = "too-many";

    /// <summary>A text where a list belongs, or the like.</summary>
    public const string WrongType = "wrong-type";

    /// <summary>A value that is not legal.</summary>
    public const string BadValue = "bad-value";

    /// <summary>A key that must be there, alone or beside another one, is not.</summary>
    public const string MissingKey = "missing-key";

    /// <summary>A key that nobody knows.</summary>
    public const string UnknownKey = "unknown-key";

    /// <summary>Something stands twice that must be unique.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>Two keys that exclude each other.</summary>
    public const string Conflict = "conflict";

    /// <summary>No file says where the monolith is.</summary>
    public const string MissingLegacy = "missing-legacy";

    /// <summary>Data is owned per unit, but nothing says who the unit of a request is.</summary>
    public const string MissingUnit = "missing-unit";

    /// <summary>Patterns of two capabilities match the same path, and neither is the more specific one.</summary>
    public const string Overlap = "overlap";

    /// <summary>A pattern for which the others leave no path.</summary>
    public const string NeverMatches = "never-matches";

    /// <summary>An address that leads back to the edge.</summary>
    public const string Loop = "loop";

    /// <summary>A header would be believed from anybody.</summary>
    public const string TrustsEverybody = "trusts-everybody";

    /// <summary>No file is for the environment that was asked for.</summary>
    public const string UnknownEnvironment = "unknown-environment";

    /// <summary>An overlay changes a capability that no other file has.</summary>
    public const string OverlayUnknown = "overlay-unknown";

    /// <summary>An overlay changes what must be the same everywhere.</summary>
    public const string OverlayShape = "overlay-shape";

    /// <summary>Two overlays of one environment set the same value.</summary>
    public const string OverlayConflict = "overlay-conflict";

    /// <summary>Part of the language, but this version does not do it.</summary>
    public const string NotYet = "not-yet";

    /// <summary>A file could not be read. Said by whoever reads files, never by the parser.</summary>
    public const string Unreadable = "unreadable";
}
