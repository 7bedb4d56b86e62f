using Shouldly;
using Strangler.Sync.Reading;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class TransactionQueueTests
{
    private readonly TransactionQueue queue = new(capacity: 1);

    [Fact]
    public async Task IsIdle_FromBeginUntilTaken_IsNot()
    {
        queue.IsIdle.ShouldBeTrue();
        queue.Begin();
        queue.IsIdle.ShouldBeFalse();
        await queue.CompleteAsync(Transaction(1), TestContext.Current.CancellationToken);
        queue.IsIdle.ShouldBeFalse();
        queue.TryTake(out var taken).ShouldBeTrue();
        taken.Xid.ShouldBe(1u);
        queue.IsIdle.ShouldBeTrue();
    }

    [Fact]
    public async Task Complete_Full_MakesTheReaderWait()
    {
        await queue.CompleteAsync(Transaction(1), TestContext.Current.CancellationToken);
        var second = queue.CompleteAsync(Transaction(2), TestContext.Current.CancellationToken).AsTask();
        second.IsCompleted.ShouldBeFalse();
        queue.TryTake(out _).ShouldBeTrue();
        await second;
        queue.TryTake(out var taken).ShouldBeTrue();
        taken.Xid.ShouldBe(2u);
    }

    private static SourceTransaction Transaction(uint xid) =>
        new(xid, new Lsn(xid), new HashSet<DirtyKey>(), new HashSet<string>(StringComparer.Ordinal));
}
