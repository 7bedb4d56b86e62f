using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Strangler.IntegrationTests.Resilience;

/// <summary>
/// As much of an HTTP/2 server (prior knowledge, no TLS) as it takes to fail on a bare socket as a request's <c>X-Fault</c> says. It looks for that in the
/// header block as it comes: the client neither indexes nor compresses headers that it does not know.
/// </summary>
internal sealed partial class RawHttp2Backend : IAsyncDisposable
{
    private const byte Headers = 1;
    private const byte ResetStream = 3;
    private const byte Settings = 4;
    private const byte GoAway = 7;
    private const int PrefaceLength = 24;
    private const int FrameHead = 9;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private readonly Task _accepting;

    public RawHttp2Backend()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public int Asked(string id) => _asked.GetValueOrDefault(id);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        foreach (var client in _clients) client.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync();
                _clients.Add(client);
                _ = ServeAsync(client);
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                await stream.ReadExactlyAsync(new byte[PrefaceLength]);
                await SendAsync(stream, Settings, 0, 0, []);
                var head = new byte[FrameHead];
                while (true)
                {
                    await stream.ReadExactlyAsync(head);
                    var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
                    await stream.ReadExactlyAsync(payload);
                    if (head[3] == Settings && (head[4] & 1) == 0) await SendAsync(stream, Settings, 1, 0, []);
                    if (head[3] == Headers && !await AnswerAsync(stream, BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)), Encoding.Latin1.GetString(payload))) return;
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or SocketException)
        {
            // The other side has gone, or the test is over.
        }
    }

    // True when the connection goes on.
    private async Task<bool> AnswerAsync(NetworkStream stream, int id, string block)
    {
        _asked.AddOrUpdate(Id().Match(block).Value, 1, (_, count) => count + 1);
        switch (Fault().Match(block).Value)
        {
            case "h2-refused-stream":
                await SendAsync(stream, ResetStream, 0, id, [0, 0, 0, 7]);
                return true;
            case "h2-stream-error":
                await SendAsync(stream, ResetStream, 0, id, [0, 0, 0, 2]);
                return true;
            case "h2-goaway-unprocessed":
                await SendAsync(stream, GoAway, 0, 0, new byte[8]);
                return true;
            case "h2-goaway-taken-on":
                var taken = new byte[8];
                BinaryPrimitives.WriteInt32BigEndian(taken, id);
                await SendAsync(stream, GoAway, 0, 0, taken);
                return false;
            default:
                return false;
        }
    }

    private static async Task SendAsync(NetworkStream stream, byte type, byte flags, int id, byte[] payload)
    {
        var frame = new byte[FrameHead + payload.Length];
        frame[2] = (byte)payload.Length;
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), id);
        payload.CopyTo(frame, FrameHead);
        await stream.WriteAsync(frame);
    }

    [GeneratedRegex("id-[0-9a-z.-]+", RegexOptions.None, 1000)]
    private static partial Regex Id();

    [GeneratedRegex("h2-[a-z-]+", RegexOptions.None, 1000)]
    private static partial Regex Fault();
}
