using Shouldly;
using Strangler.Sync.Reading;
using Strangler.Sync.Streams;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class JournalTests : IDisposable
{
    private static readonly SourceIdentity Source = new("7001", 1);
    private static readonly DirtyKey One = new("product", "1");
    private static readonly DirtyKey Odd = new("cust\nomer", "a\"b\tö");

    private readonly string _folder = Directory.CreateTempSubdirectory("strangler-test-").FullName;

    private string File => Path.Combine(_folder, "catalog.journal");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Open_AfterAppend_HasWhatWasNoted()
    {
        using (var journal = Open())
        {
            journal.Append(Source, new Lsn(100), [One, Odd], ["session"], new Lsn(150));
            journal.Append(Source, new Lsn(100), [One], [], new Lsn(200));
        }

        using var again = Open();
        again.Source.ShouldBe(Source);
        (again.From, again.To).ShouldBe((new Lsn(100), new Lsn(200)));
        again.Keys.ShouldBe([One, Odd], ignoreOrder: true);
        again.Stale.ShouldBe(["session"]);
    }

    [Fact]
    public void Open_CutOffAnywhere_HasNothingHalfAndSaysHowFar()
    {
        using (var journal = Open())
        {
            journal.Append(Source, new Lsn(100), [One], [], new Lsn(150));
            journal.Append(Source, new Lsn(100), [Odd], [], new Lsn(200));
        }

        var whole = System.IO.File.ReadAllBytes(File);
        for (var length = whole.Length; length >= 0; length--)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            using var cut = Open();
            var expected = cut.To.Value switch { 200 => 2, 150 => 1, _ => 0 };
            cut.Keys.Count.ShouldBe(expected, $"{length} of {whole.Length} bytes");
            cut.To.ShouldBeLessThanOrEqualTo(new Lsn(200));
        }
    }

    [Fact]
    public void Append_AfterACut_GoesOnBehindWhatIsWhole()
    {
        using (var journal = Open())
        {
            journal.Append(Source, new Lsn(100), [One], [], new Lsn(150));
        }

        System.IO.File.AppendAllText(File, "{\"Entity\":\"product\",\"Ke");
        using (var journal = Open())
        {
            journal.Append(Source, new Lsn(100), [Odd], [], new Lsn(200));
        }

        using var again = Open();
        again.Keys.ShouldBe([One, Odd], ignoreOrder: true);
        again.To.ShouldBe(new Lsn(200));
    }

    [Fact]
    public void Append_OtherSource_StartsAnew()
    {
        using var journal = Open();
        journal.Append(Source, new Lsn(100), [One], [], new Lsn(150));
        journal.Append(Source with { Timeline = 2 }, new Lsn(300), [Odd], [], new Lsn(350));

        (journal.From, journal.To).ShouldBe((new Lsn(300), new Lsn(350)));
        journal.Keys.ShouldBe([Odd]);
    }

    [Fact]
    public void Clear_Noted_LeavesNothing()
    {
        using var journal = Open();
        journal.Append(Source, new Lsn(100), [One], [], new Lsn(150));
        journal.Clear();

        journal.Source.ShouldBeNull();
        System.IO.File.Exists(File).ShouldBeFalse();
    }

    private Journal Open() => Journal.Open(_folder, "catalog", 100);
}
