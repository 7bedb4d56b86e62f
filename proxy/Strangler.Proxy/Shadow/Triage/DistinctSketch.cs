using System.Globalization;
using System.Numerics;

namespace Strangler.Proxy.Shadow.Triage;

/// <summary>
/// Counts how many different tokens it has seen, in 512 bytes however many they are (HyperLogLog). Exact for a few, within about 5 % for
/// many; two of them merge to what one would have counted that has seen all. It holds no token.
/// </summary>
internal sealed class DistinctSketch
{
    private const int IndexBits = 9;
    private const int Registers = 1 << IndexBits;

    // Of the published algorithm: the bias of the harmonic mean, and from where on hardly any register is empty.
    private const double Alpha = 0.7213 / (1 + (1.079 / Registers));
    private const double FewFactor = 2.5;

    private readonly byte[] _registers;

    public DistinctSketch() => _registers = new byte[Registers];

    private DistinctSketch(byte[] registers) => _registers = registers;

    /// <summary>How many different ones there were, about.</summary>
    public long Count
    {
        get
        {
            var empty = 0;
            var sum = 0.0;
            foreach (var register in _registers)
            {
                if (register == 0) empty++;
                sum += Math.ScaleB(1, -register);
            }

            var raw = Alpha * Registers * Registers / sum;
            var count = raw <= FewFactor * Registers && empty > 0 ? Registers * Math.Log((double)Registers / empty) : raw;
            return (long)Math.Round(count);
        }
    }

    /// <summary>Takes a keyed token; its first 64 bits are as good as random.</summary>
    public void Add(string token)
    {
        const int digits = 16;
        if (token.Length < digits || !ulong.TryParse(token.AsSpan(0, digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hash)) return;
        var index = (int)(hash >> (64 - IndexBits));
        var rank = (byte)(BitOperations.LeadingZeroCount((hash << IndexBits) | (1UL << (IndexBits - 1))) + 1);
        _registers[index] = Math.Max(_registers[index], rank);
    }

    public void Merge(DistinctSketch other)
    {
        for (var i = 0; i < Registers; i++) _registers[i] = Math.Max(_registers[i], other._registers[i]);
    }

    /// <summary>For the store: empty for nothing.</summary>
    public string Write() => _registers.AsSpan().ContainsAnyExcept((byte)0) ? Convert.ToBase64String(_registers) : "";

    /// <summary>Reads what <see cref="Write"/> has written; anything else counts nothing.</summary>
    public static DistinctSketch Read(string text)
    {
        var registers = new byte[Registers];
        return Convert.TryFromBase64String(text, registers, out var length) && length == Registers ? new(registers) : new();
    }
}
