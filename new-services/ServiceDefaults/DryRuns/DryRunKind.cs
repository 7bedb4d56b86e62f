namespace ServiceDefaults.DryRuns;

/// <summary>What an endpoint says of itself, so that a dry run of it can be trusted.</summary>
internal enum DryRunKind
{
    /// <summary>All its changes go through the <see cref="UnitOfWork"/>.</summary>
    UnitOfWork,

    /// <summary>It changes nothing, whatever its method.</summary>
    ChangesNothing,
}
