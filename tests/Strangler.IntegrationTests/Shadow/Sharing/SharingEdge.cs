using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Strangler.Core.Compare;
using Strangler.Core.Model;
using Strangler.Proxy.Shadow;
using Strangler.Proxy.Shadow.Evidence;
using Strangler.Proxy.Shadow.Sharing;
using Strangler.Proxy.Shadow.Triage;

namespace Strangler.IntegrationTests.Shadow.Sharing;

/// <summary>The part of an edge that shares what its shadow has found, without the rest.</summary>
internal sealed class SharingEdge : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly SharedStore _store;
    private readonly DifferenceGroups _groups;
    private int _next;

    public SharingEdge(string connectionString, string name, ShadowOptions? options = null, TimeProvider? time = null, params IReadOnlyList<Judgement> judgements)
    {
        var bounds = options ?? new ShadowOptions { Retention = TimeSpan.FromDays(3650) };
        var clock = time ?? TimeProvider.System;
        Name = name;
        var judged = new Judgements(() => judgements);
        _store = new SharedStore(connectionString, name, bounds, clock);
        _groups = new DifferenceGroups(bounds, judged, clock, isShared: true);
        Status = new SharedStatus(clock, NullLogger<SharedStatus>.Instance);
        Book = new EvidenceBook(clock);
        Flush = new SharedFlush(Book, _groups, Status, bounds, clock, _store);
        Reader = new GroupReader(_groups, Flush, Status, judged, new FieldStandings(Book, _ => null, clock), _ => null, clock);
    }

    public string Name { get; }

    public EvidenceBook Book { get; }

    public SharedFlush Flush { get; }

    public SharedStatus Status { get; }

    public GroupReader Reader { get; }

    public static string FingerprintOf(string path) => Fingerprint.Of("GET /x", 200, 200, DifferenceAt(path));

    /// <summary>The requests that all edges have compared under the build.</summary>
    public long Compared => Book.Read("shop", "rules").Compared;

    /// <summary>Compares a request that nobody has asked before; its answers are equal.</summary>
    public void Compare(string build = "1") => Book.Count(
        new ShadowExchange(
            $"{_next}", "shop", "GET /x", 1, "GET", $"/{Name}/{_next++}", "/x", QueryString.Empty, new CopiedHeaders(null, "http", null, null, null, null, null),
            Start, Start, new Answer(200, null, null, ReadOnlyMemory<byte>.Empty), null, ""),
        new EvidenceKey("", build, "rules"),
        new Settlement(Outcome.Equal, SettlementReason.FirstLook),
        Comparison.Same,
        Comparison.Same);

    /// <summary>Finds a difference.</summary>
    public void Find(string path, DateTimeOffset? at = null)
    {
        var number = _next++;
        _groups.Add([new DifferenceRecord(
            $"{Name}-{number}", at ?? Start.AddSeconds(number), "shop", "GET /x", "token", 1, 200, 200,
            new Settlement(Outcome.Different, SettlementReason.StillDifferent), DifferenceAt(path))
        {
            RequestToken = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{Name}{number}"))),
            Build = Name,
        }]);
    }

    public async ValueTask DisposeAsync()
    {
        Flush.Dispose();
        await _store.DisposeAsync();
    }

    private static Difference DifferenceAt(string path) =>
        new(DifferenceKind.Extra, path, path, ValueSummary.Missing, ValueSummary.Shown(SummaryType.Number, "2"));
}
