namespace Strangler.Core.Model;

/// <summary>What a reader needs to know of a stage before a capability enters it.</summary>
/// <param name="Does">What the stage does.</param>
/// <param name="Undo">How it is left downwards.</param>
public sealed record StageDescription(string Does, string Undo)
{
    /// <summary>The words of the table of stages.</summary>
    public static StageDescription Of(Stage stage) => new(StageTable.Of(stage).Does, StageTable.Of(stage).Undo);
}
