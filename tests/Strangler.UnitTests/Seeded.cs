using FsCheck;
using Microsoft.FSharp.Core;

namespace Strangler.UnitTests;

/// <summary>How properties are checked: with the same inputs in every run, and by an exception that names the smallest failing one.</summary>
internal static class Seeded
{
    public static Config Config { get; } = Config.QuickThrowOnFailure
        .WithMaxTest(1000)
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(20261120, 1), FSharpOption<int>.None)));
}
