namespace Strangler.Demo.Tour;

/// <summary>One step of the tour.</summary>
internal interface ITourStep
{
    /// <summary>What happens, in a few words.</summary>
    string Title { get; }

    /// <summary>What must be seen, as a sentence.</summary>
    string Expected { get; }

    /// <summary>Makes it happen and counts.</summary>
    Task<StepResult> RunAsync(TourContext tour, CancellationToken cancellation);
}
