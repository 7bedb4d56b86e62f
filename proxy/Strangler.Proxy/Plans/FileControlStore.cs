using System.Globalization;
using Strangler.Core.Admin;
using Strangler.Core.Audit;

namespace Strangler.Proxy.Plans;

/// <summary>
/// Keeps the plans of one edge in a folder: <c>plans/N.plan</c>, each written once and never changed, and <c>audit.jsonl</c>, only appended to.
/// </summary>
public sealed class FileControlStore : IControlStore
{
    /// <summary>How many plans are kept; older ones go.</summary>
    public const int Kept = 1000;

    private const string Extension = ".plan";

    private readonly string _plans;
    private readonly AuditLog _audit;
    private EdgeReport? _report;

    /// <summary>Opens the store, creating its folder if need be.</summary>
    /// <exception cref="ControlStoreException">The folder cannot be used.</exception>
    public FileControlStore(string folder)
    {
        _plans = Path.Combine(folder, "plans");
        try
        {
            Directory.CreateDirectory(_plans);
            _audit = new AuditLog(Path.Combine(folder, "audit.jsonl"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ControlStoreException($"the state folder {folder} cannot be used: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public string Name => "file";

    /// <inheritdoc/>
    public bool IsShared => false;

    /// <inheritdoc/>
    public Task<string?> ReadNewestAsync(CancellationToken cancel) => Guard("the plans cannot be read", () =>
        Numbers().OrderDescending().Select(number => File.ReadAllText(PathOf(number))).FirstOrDefault());

    /// <inheritdoc/>
    public Task<string?> ReadAsync(long plan, CancellationToken cancel) => Guard("the plan cannot be read", () =>
        File.Exists(PathOf(plan)) ? File.ReadAllText(PathOf(plan)) : null);

    /// <inheritdoc/>
    public Task<bool> TryAppendAsync(long plan, string document, AuditEntry entry, CancellationToken cancel) => Guard("the change could not be saved", () =>
    {
        if (File.Exists(PathOf(plan))) return false;
        _audit.Append(entry);
        DurableFile.Write(PathOf(plan), document);
        foreach (var old in Numbers().Where(number => number <= plan - Kept)) File.Delete(PathOf(old));
        return true;
    });

    /// <summary>Never comes: nobody else writes here.</summary>
    public Task WaitForNewsAsync(long plan, CancellationToken cancel) => Task.Delay(Timeout.InfiniteTimeSpan, cancel);

    /// <inheritdoc/>
    public Task ReportAsync(EdgeReport report, CancellationToken cancel)
    {
        Volatile.Write(ref _report, report);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<EdgeReport>> ReadEdgesAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<EdgeReport>>(Volatile.Read(ref _report) is { } report ? [report] : []);

    /// <inheritdoc/>
    public IAsyncEnumerable<string> ReadAuditAsync(CancellationToken cancel) => _audit.ReadAsync(cancel);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string PathOf(long plan) => Path.Combine(_plans, plan.ToString(CultureInfo.InvariantCulture) + Extension);

    private IEnumerable<long> Numbers() => Directory.EnumerateFiles(_plans, "*" + Extension)
        .Select(path => long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
        .Where(number => number > 0);

    private static Task<T> Guard<T>(string sentence, Func<T> work)
    {
        try
        {
            return Task.FromResult(work());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Task.FromException<T>(new ControlStoreException($"{sentence}: {error.Message}", error));
        }
    }
}
