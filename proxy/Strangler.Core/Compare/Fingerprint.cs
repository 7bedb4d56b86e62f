using System.Security.Cryptography;
using System.Text;

namespace Strangler.Core.Compare;

/// <summary>What makes differences of many exchanges one group.</summary>
public static class Fingerprint
{
    private const int Bytes = 16;

    /// <summary>128 bits in hex over the operation, the classes of both statuses, the kind, the path template, both types and the transition class.</summary>
    /// <param name="operation">The operation's id.</param>
    /// <param name="legacyStatus">Status code of legacy.</param>
    /// <param name="newStatus">Status code of the new side; 0 when there was no answer.</param>
    /// <param name="difference">The difference.</param>
    public static string Of(string operation, int legacyStatus, int newStatus, Difference difference)
    {
        var identity = string.Join(
            '\n',
            operation,
            $"{legacyStatus / 100}/{newStatus / 100}",
            difference.Kind.Name(),
            difference.Path,
            $"{difference.Legacy.Type}/{difference.New.Type}",
            difference.Transition);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)).AsSpan(0, Bytes));
    }
}
