namespace Strangler.Core.Compare;

/// <summary>What came of reading a body as JSON.</summary>
internal enum JsonReadResult
{
    /// <summary>It is JSON.</summary>
    Read,

    /// <summary>It is none, or is nested too deeply.</summary>
    NotJson,

    /// <summary>It has more values than are read.</summary>
    BeyondLimit,
}
