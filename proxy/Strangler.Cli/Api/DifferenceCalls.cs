using System.Net.Http.Json;
using Strangler.Core.Admin;

namespace Strangler.Cli.Api;

/// <summary>What the admin API has about differences.</summary>
internal static class DifferenceCalls
{
    private const string Path = "admin/v1/differences";

    /// <summary>Groups of differences.</summary>
    /// <param name="edge">The edge.</param>
    /// <param name="capability">Only of this capability; null for all.</param>
    /// <param name="limit">Most groups.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static Task<DifferencesAnswer> GetDifferencesAsync(this AdminClient edge, string? capability, int limit, CancellationToken cancellation)
    {
        var only = capability is null ? "" : $"capability={Uri.EscapeDataString(capability)}&";
        return edge.GetAsync($"{Path}?{only}limit={limit}", AdminJson.Default.DifferencesAnswer, cancellation);
    }

    /// <summary>One group.</summary>
    /// <param name="edge">The edge.</param>
    /// <param name="fingerprint">Its fingerprint, or the beginning of it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static Task<DifferenceAnswer> GetDifferenceAsync(this AdminClient edge, string fingerprint, CancellationToken cancellation) =>
        edge.GetAsync($"{Path}/{Uri.EscapeDataString(fingerprint)}", AdminJson.Default.DifferenceAnswer, cancellation);

    /// <summary>Says what is to be made of a group.</summary>
    /// <param name="edge">The edge.</param>
    /// <param name="fingerprint">Its fingerprint, or the beginning of it.</param>
    /// <param name="verb"><c>ack</c>, <c>ignore</c>, <c>fix</c> or <c>reopen</c>.</param>
    /// <param name="body">Why, and until when.</param>
    /// <param name="how">Under which plan, and whether really.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static Task<JudgeAnswer> JudgeAsync(
        this AdminClient edge, string fingerprint, string verb, JudgeRequest body, ChangeMode how, CancellationToken cancellation) =>
        edge.PostAsync($"{Path}/{Uri.EscapeDataString(fingerprint)}:{verb}", body, AdminJson.Default.JudgeRequest, how, AdminJson.Default.JudgeAnswer, cancellation);

    /// <summary>Has both sides asked again.</summary>
    /// <param name="edge">The edge.</param>
    /// <param name="fingerprint">The group.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static Task<RerunAnswer> RerunAsync(this AdminClient edge, string fingerprint, CancellationToken cancellation) =>
        edge.AskAsync($"{Path}/{Uri.EscapeDataString(fingerprint)}:rerun", content: null, AdminJson.Default.RerunAnswer, cancellation);

    /// <summary>What a draft of rules would hide.</summary>
    /// <param name="edge">The edge.</param>
    /// <param name="body">The draft.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static Task<RulesPreviewAnswer> PreviewRulesAsync(this AdminClient edge, RulesPreviewRequest body, CancellationToken cancellation) =>
        edge.AskAsync($"{Path}:preview", JsonContent.Create(body, AdminJson.Default.RulesPreviewRequest), AdminJson.Default.RulesPreviewAnswer, cancellation);
}
