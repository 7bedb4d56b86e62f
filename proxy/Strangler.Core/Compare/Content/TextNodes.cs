using System.Text;

namespace Strangler.Core.Compare.Content;

/// <summary>Compares single texts of a body that is no JSON, under the rules for the node where the sink stands.</summary>
internal sealed class TextNodes(CompareRules rules, TimeSpan apart, DifferenceSink sink)
{
    /// <summary>Compares two texts; null stands for none.</summary>
    /// <param name="kind">What a difference would be.</param>
    /// <param name="legacy">Legacy's text.</param>
    /// <param name="new">The new side's text.</param>
    public void Compare(DifferenceKind kind, string? legacy, string? @new)
    {
        if (sink.IsFull || string.Equals(legacy, @new, StringComparison.Ordinal)) return;
        if (legacy is not null && @new is not null)
        {
            if (rules.Shape(sink.Node) is { } shape)
            {
                sink.Hit(shape);
                if (ShapeCheck.OfTexts(shape.Shape!, legacy, @new, apart, out var later) is { } broken) sink.Report(broken, legacy, @new);
                else if (later != 0) sink.Tolerate(DifferenceKind.DateShift, later);
                return;
            }

            if (IsTolerated(kind, Encoding.UTF8.GetBytes(legacy), Encoding.UTF8.GetBytes(@new))) return;
        }

        sink.Report(kind, legacy, @new);
    }

    private bool IsTolerated(DifferenceKind kind, ReadOnlySpan<byte> legacy, ReadOnlySpan<byte> @new)
    {
        if (rules.Tolerance(sink.Node) is not { } rule || !JsonText.IsNumber(legacy) || !JsonText.IsNumber(@new)) return false;
        if (!rule.Tolerate!.Accepts(legacy, @new, out var sign)) return false;
        sink.Hit(rule);
        if (sign != 0) sink.Tolerate(kind, sign);
        return true;
    }
}
