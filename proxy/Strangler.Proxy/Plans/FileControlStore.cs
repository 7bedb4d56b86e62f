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
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private readonly string _plans;
    private readonly TimeProvider _time;
    private readonly Action<string>? _step;
    private readonly AuditLog _audit;
    private EdgeReport? _report;

    /// <summary>Opens the store, creating its folder if need be.</summary>
    /// <exception cref="ControlStoreException">The folder cannot be used.</exception>
    public FileControlStore(string folder, TimeProvider? time = null)
        : this(folder, time ?? TimeProvider.System, step: null)
    {
    }

    internal FileControlStore(string folder, TimeProvider time, Action<string>? step)
    {
        _plans = Path.Combine(folder, "plans");
        _time = time;
        _step = step;
        try
        {
            Directory.CreateDirectory(_plans);
            _audit = new AuditLog(Path.Combine(folder, "audit.jsonl"));
            VoidUnkept();
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
    public Task<long> NewestAsync(CancellationToken cancel) => Guard("the plans cannot be read", Newest);

    /// <inheritdoc/>
    public Task<string?> ReadAsync(long plan, CancellationToken cancel) => Guard("the plan cannot be read", () =>
        File.Exists(PathOf(plan)) ? File.ReadAllText(PathOf(plan)) : null);

    /// <inheritdoc/>
    public Task<bool> TryAppendAsync(long plan, string document, AuditEntry entry, CancellationToken cancel) => Guard("the change could not be saved", () =>
    {
        if (Newest() >= plan) return false;
        VoidUnkept();
        _audit.Append(entry);
        _step?.Invoke("audited");
        DurableFile.Write(PathOf(plan), document, _step);
        foreach (var old in Numbers().Where(number => number <= plan - Kept)) File.Delete(PathOf(old));
        return true;
    });

    /// <summary>Comes now and then: nobody else writes here, but a full disk may have room again.</summary>
    public Task WaitForNewsAsync(CancellationToken cancel) => Task.Delay(LookEvery, _time, cancel);

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

    // The audit line comes first, so a crash or a full disk can leave one whose plan was never kept: say so before anything else is said.
    private void VoidUnkept()
    {
        if (_audit.Unkept(Newest()) is not { } unkept) return;
        _audit.Append(new AuditEntry(
            _time.GetUtcNow(), "edge", AuditLog.Void, unkept.Capabilities, "the plan of the entry before was not kept",
            [unkept.Plan == 0 ? "the entry before was cut short and never came into force" : $"plan {unkept.Plan} of the entry before never came into force"],
            unkept.Plan, []));
    }

    private string PathOf(long plan) => Path.Combine(_plans, plan.ToString(CultureInfo.InvariantCulture) + Extension);

    private long Newest() => Numbers().DefaultIfEmpty().Max();

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
