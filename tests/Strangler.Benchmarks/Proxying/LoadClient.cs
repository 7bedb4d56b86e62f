using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Strangler.Benchmarks.Proxying;

/// <summary>
/// A closed loop over kept-alive connections that costs little itself: one request written, one answer read, and again. Every connection is
/// a unit of its own.
/// </summary>
internal sealed class LoadClient(int port, int connections, int capabilities)
{
    private const int BufferSize = 32 * 1024;

    /// <summary>Sends until the time is over.</summary>
    /// <returns>How many answers with status 200 came.</returns>
    /// <exception cref="InvalidOperationException">Another status came.</exception>
    public async Task<long> RunAsync(TimeSpan time)
    {
        using var stop = new CancellationTokenSource(time);
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(i => Task.Run(() => LoopAsync(i, stop.Token))));
        return counts.Sum();
    }

    private async Task<long> LoopAsync(int number, CancellationToken stop)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", port, CancellationToken.None);
        var request = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"GET /c{number % capabilities}/products/SKU-{number} HTTP/1.1\r\nHost: shop.example\r\nCookie: theme=dark; LegacySession=4f1c5d80ab934f1c5d80ab93{number:x8}\r\n\r\n"));
        var buffer = new byte[BufferSize];
        for (var count = 0L; ; count++)
        {
            if (stop.IsCancellationRequested) return count;
            await socket.SendAsync(request, SocketFlags.None, CancellationToken.None);
            await ReadAnswerAsync(socket, buffer);
        }
    }

    private static async Task ReadAnswerAsync(Socket socket, byte[] buffer)
    {
        var have = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(have), SocketFlags.None, CancellationToken.None);
            if (read == 0) throw new InvalidOperationException("the connection was closed");
            have += read;
            var end = buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8);
            if (end < 0) continue;
            var head = buffer.AsSpan(0, end);
            if (!head.StartsWith("HTTP/1.1 200"u8)) throw new InvalidOperationException(Encoding.ASCII.GetString(head));
            if (have >= end + 4 + LengthOf(head)) return;
        }
    }

    private static int LengthOf(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0) throw new InvalidOperationException("the answer has no Content-Length");
        var length = 0;
        foreach (var digit in head[(at + 16)..])
        {
            if (digit is < (byte)'0' or > (byte)'9') break;
            length = (length * 10) + digit - '0';
        }

        return length;
    }
}
