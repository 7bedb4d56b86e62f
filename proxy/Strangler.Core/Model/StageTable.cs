using Strangler.Core.Gates;

namespace Strangler.Core.Model;

/// <summary>The stages as one table: what each does, what it needs, how it is undone.</summary>
internal static class StageTable
{
    private static readonly StageRow[] Rows =
    [
        new(Stage.Legacy, TakesShare: false, "all on legacy, no copies", "nothing to undo", Nothing),
        new(Stage.Shadow, TakesShare: false, "copies of safe reads go to the new side and are compared", "free", Nothing),
        new(Stage.ReadCanary, TakesShare: true, "reads of a share of the units go to the new side, writes to legacy", "instant", OpenGate),
        new(Stage.WriteCanary, TakesShare: true, "reads and writes of a share of the units go to the new side", "fenced", WayBackForData),
        new(Stage.NewPrimary, TakesShare: false, "all on the new side, legacy is fed", "fenced", WayBackForData),
        new(Stage.Retired, TakesShare: false, "all on the new side, legacy is no longer fed", "none by flag", WayBackForData),
    ];

    public static StageRow Of(Stage stage) => Rows[(int)stage];

    private static IEnumerable<string> Nothing(Standing standing) => [];

    private static IEnumerable<string> OpenGate(Standing standing) => Gate.Judge(standing.Gate, standing.Evidence, standing.State.Stage).Missing;

    private static IEnumerable<string> WayBackForData(Standing standing) =>
        [$"the data of '{standing.Name}' cannot move yet: this version has no way back for writes. Its reads can go to 100 % in read-canary"];
}
