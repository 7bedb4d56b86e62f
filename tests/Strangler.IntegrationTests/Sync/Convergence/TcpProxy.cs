using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Strangler.IntegrationTests.Sync.Convergence;

/// <summary>A wire between the adapters and a store, which can be cut, delayed and blocked.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private const int BufferSize = 64 * 1024;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, bool> _sockets = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly int _port;
    private readonly Task _accepting;
    private long _delayTicks;
    private volatile bool _blocked;

    /// <summary>Opens a port and forwards to another.</summary>
    public TcpProxy(int port)
    {
        _port = port;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How much later everything arrives, in both directions.</summary>
    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _delayTicks));
        set => Interlocked.Exchange(ref _delayTicks, value.Ticks);
    }

    /// <summary>Whether nothing arrives, and nobody is told.</summary>
    public bool IsBlocked
    {
        get => _blocked;
        set => _blocked = value;
    }

    /// <summary>Resets all connections (RST).</summary>
    public void Cut()
    {
        foreach (var socket in _sockets.Keys)
        {
            Reset(socket);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            _ = ForwardAsync(await _listener.AcceptSocketAsync(_ending.Token));
        }
    }

    private async Task ForwardAsync(Socket client)
    {
        using var store = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _sockets[client] = true;
        try
        {
            await store.ConnectAsync(IPAddress.Loopback, _port, _ending.Token);
            _sockets[store] = true;
            client.NoDelay = store.NoDelay = true;
            // Either end ends both.
            await Task.WhenAny(PumpAsync(client, store), PumpAsync(store, client));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
        }
        finally
        {
            Reset(client);
            Reset(store);
            _sockets.TryRemove(client, out _);
            _sockets.TryRemove(store, out _);
            client.Dispose();
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[BufferSize];
        try
        {
            while (await from.ReceiveAsync(buffer, _ending.Token) is > 0 and var count)
            {
                if (Delay is { Ticks: > 0 } delay)
                {
                    await Task.Delay(delay, _ending.Token);
                }

                while (_blocked)
                {
                    await Task.Delay(LookEvery, _ending.Token);
                }

                for (var sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _ending.Token);
                }
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
        }
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Close();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }
}
