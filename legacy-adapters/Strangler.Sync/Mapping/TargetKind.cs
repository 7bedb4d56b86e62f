namespace Strangler.Sync.Mapping;

/// <summary>How the rows of a target table live.</summary>
internal enum TargetKind
{
    /// <summary>They belong to one aggregate: written, changed and deleted with it.</summary>
    Owned,

    /// <summary>Several aggregates use the same row: inserted when missing, never changed or deleted.</summary>
    Shared,

    /// <summary>Each new state of an aggregate adds rows: never changed or deleted.</summary>
    Appended,
}
