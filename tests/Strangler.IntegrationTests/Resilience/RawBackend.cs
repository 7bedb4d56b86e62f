using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Strangler.IntegrationTests.Resilience;

/// <summary>An HTTP/1.1 server on a bare socket that fails as a request's <c>X-Fault</c> says, and counts by <c>X-Id</c> how often it was asked.</summary>
internal sealed class RawBackend : IAsyncDisposable
{
    public const string FailureBody = "a failure's body";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private readonly Task _accepting;

    public RawBackend()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How often it was asked for a request.</summary>
    public int Asked(string id) => _asked.GetValueOrDefault(id);

    /// <summary>Lets an answer break that has begun.</summary>
    public void Break(string id) => GateOf(id).TrySetResult();

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
                while (await ReadRequestAsync(stream) is { } head)
                {
                    var id = Header(head, "X-Id") ?? "";
                    _asked.AddOrUpdate(id, 1, (_, count) => count + 1);
                    if (!await FailAsync(client, stream, head, Header(head, "X-Fault") ?? "ok", id)) return;
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or SocketException)
        {
            // The other side has gone, or the test is over.
        }
    }

    // True when the connection goes on.
    private async Task<bool> FailAsync(TcpClient client, NetworkStream stream, string head, string fault, string id)
    {
        switch (fault)
        {
            case "ok":
                await SendAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nnew");
                return true;
            case "reset":
                client.LingerState = new LingerOption(true, 0);
                return false;
            case "close":
                return false;
            case "half-head":
                await SendAsync(stream, "HTTP/1.1 200 OK\r\nContent-Le");
                return false;
            case "garbage":
                await SendAsync(stream, "WHAT WAS THAT\r\n\r\n");
                return false;
            case "hang":
                while (await stream.ReadAsync(new byte[1]) > 0)
                {
                }

                return false;
            case "broken-off":
                await SendAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nthe beginning");
                await GateOf(id).Task;
                client.LingerState = new LingerOption(true, 0);
                return false;
            default:
                var mark = fault.EndsWith("-mark", StringComparison.Ordinal) ? "Not-Executed: 1\r\n" : "";
                var body = head.StartsWith("HEAD", StringComparison.Ordinal) ? "" : FailureBody;
                await SendAsync(stream, string.Create(CultureInfo.InvariantCulture,
                    $"HTTP/1.1 {fault[..3]} Failed\r\n{mark}X-From: new\r\nRetry-After: 60\r\nSet-Cookie: leak=1\r\nContent-Length: {FailureBody.Length}\r\n\r\n{body}"));
                return true;
        }
    }

    private TaskCompletionSource GateOf(string id) => _gates.GetOrAdd(id, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private static async Task<string?> ReadRequestAsync(NetworkStream stream)
    {
        var read = new List<byte>();
        var one = new byte[1];
        while (!EndsHead(read))
        {
            if (await stream.ReadAsync(one) == 0) return null;
            read.Add(one[0]);
        }

        var head = Encoding.Latin1.GetString([.. read]);
        if (Header(head, "Content-Length") is { } length) await stream.ReadExactlyAsync(new byte[int.Parse(length, CultureInfo.InvariantCulture)]);
        return head;
    }

    private static bool EndsHead(List<byte> read) => read is [.., (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n'];

    private static string? Header(string head, string name) => head.Split("\r\n")
        .FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    private static Task SendAsync(NetworkStream stream, string text) => stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();
}
