namespace Strangler.Sync.Streams;

/// <summary>Lets one process at a time follow a source.</summary>
internal interface ILeadership
{
    /// <summary>Waits until this process leads.</summary>
    /// <param name="waiting">Called when another process leads.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Leads until it is disposed of; ends by itself when the lead is lost.</returns>
    Task<ILead> AcquireAsync(Action waiting, CancellationToken cancellation);
}
