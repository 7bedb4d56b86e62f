namespace Strangler.ChaosAdapter;

/// <summary>A way to break the engine, to prove that the tests would see it.</summary>
internal enum Mutation
{
    /// <summary>Whatever has been received is acknowledged, before it is applied.</summary>
    EarlyAcknowledgement,

    /// <summary>The same, and the start rule is blind to the gap that a crash then leaves, so that nothing heals it.</summary>
    EarlyAcknowledgementWithoutStartRule,

    /// <summary>The start rule is blind: what the slot has moved past goes unnoticed.</summary>
    NoGapCheck,

    /// <summary>Aggregates are read without waiting for the transactions that changed them to be visible.</summary>
    NoVisibilityCheck,

    /// <summary>Each aggregate of a transaction is handed over as if the transaction ended there.</summary>
    AcknowledgementInsideTransaction,
}
