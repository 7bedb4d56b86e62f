using Shouldly;
using Strangler.Sync.Reading;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class TransactionQueueTests
{
    private readonly TransactionQueue _queue = new(capacity: 1);

    [Fact]
    public async Task IsIdle_FromBeginUntilTaken_IsNot()
    {
        _queue.IsIdle.ShouldBeTrue();
        _queue.Begin();
        _queue.IsIdle.ShouldBeFalse();
        await _queue.CompleteAsync(Transaction(1), TestContext.Current.CancellationToken);
        _queue.IsIdle.ShouldBeFalse();
        _queue.TryTake(out var taken).ShouldBeTrue();
        taken.Xid.ShouldBe(1u);
        _queue.IsIdle.ShouldBeTrue();
    }

    [Fact]
    public async Task Complete_Full_MakesTheReaderWait()
    {
        await _queue.CompleteAsync(Transaction(1), TestContext.Current.CancellationToken);
        var second = _queue.CompleteAsync(Transaction(2), TestContext.Current.CancellationToken).AsTask();
        second.IsCompleted.ShouldBeFalse();
        _queue.TryTake(out _).ShouldBeTrue();
        await second;
        _queue.TryTake(out var taken).ShouldBeTrue();
        taken.Xid.ShouldBe(2u);
    }

    private static SourceTransaction Transaction(uint xid) =>
        new(xid, new Lsn(xid), new HashSet<DirtyKey>(), new HashSet<string>(StringComparer.Ordinal));
}
