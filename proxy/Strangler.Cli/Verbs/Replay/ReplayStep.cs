using Strangler.Core.Compare;

namespace Strangler.Cli.Verbs.Replay;

/// <summary>A recorded request with everything that is needed to ask both sides.</summary>
/// <param name="Request">The request.</param>
/// <param name="Operation">Id of its operation.</param>
/// <param name="Legacy">Where legacy is asked.</param>
/// <param name="New">Where the new side is asked.</param>
/// <param name="Rules">The compare rules that hold.</param>
internal sealed record ReplayStep(RecordedRequest Request, string Operation, Uri Legacy, Uri New, CompareRules Rules);
