using Spectre.Console;
using Spectre.Console.Rendering;
using Strangler.Cli.Output;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Preview;

/// <summary>A preview for people: a paragraph for each capability, and where its requests would go.</summary>
internal static class PreviewPicture
{
    private const double Least = 0.05;

    /// <summary>The picture.</summary>
    /// <param name="answer">What the edge said.</param>
    public static IRenderable Of(PreviewAnswer answer) => new Rows(
        answer.Moves.SelectMany(move => (IRenderable[])[.. Of(move), Text.Empty])
            .Append(new Text($"Nothing was changed; plan {answer.Plan} is in force.", Tables.Quiet)));

    private static IEnumerable<IRenderable> Of(MovePreview move)
    {
        yield return new Text($"{Words.Safe(move.Verb)} {Words.Safe(move.Capability)}");
        yield return Tables.Facts(Facts(move));
        if (move.Forecast is { Operations.Count: > 0 } forecast)
        {
            yield return Text.Empty;
            yield return TableOf(forecast);
        }
    }

    private static IEnumerable<(string Name, string? Value)> Facts(MovePreview move)
    {
        if (move.Refusal is not null)
        {
            yield return ("refused", move.Missing.Count == 0 ? move.Refusal : "preconditions are missing");
        }

        foreach (var missing in move.Missing)
        {
            yield return ("missing", missing);
        }

        if (move.Refusal is null)
        {
            yield return ("changes", move.Changes.Count == 0 ? "nothing" : string.Join("; ", move.Changes));
        }

        yield return ("stage", $"{move.Stage}: {move.Does}");
        yield return ("undo", move.Undo);
        if (move.Forecast is { } forecast)
        {
            yield return ("moves", Moved(forecast.PerMinute));
            yield return ("copies", forecast.CopiesPerMinute > 0 ? $"{Number(forecast.CopiesPerMinute)} requests/min would be copied and compared" : null);
            yield return ("basis", forecast.Basis);
        }
    }

    private static string Moved(double perMinute) => Math.Abs(perMinute) < Least
        ? "no requests"
        : $"{Number(Math.Abs(perMinute))} requests/min from {(perMinute > 0 ? "legacy to new" : "new to legacy")}";

    private static Table TableOf(Forecast forecast)
    {
        var table = Tables.WithColumns("  OPERATION", ">REQUESTS/MIN", ">NEW NOW", ">NEW THEN");
        foreach (var operation in forecast.Operations)
        {
            table.AddRow(
                new Text($"  {Words.Safe(operation.Operation)}"),
                new Text(Number(operation.RequestsPerMinute)),
                new Text(Number(operation.NewBefore)),
                new Text(Number(operation.NewAfter)));
        }

        return table;
    }

    private static string Number(double value) => value.ToString("#,0.#");
}
