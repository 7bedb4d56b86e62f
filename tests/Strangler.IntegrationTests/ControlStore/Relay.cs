using System.Net;
using System.Net.Sockets;

namespace Strangler.IntegrationTests.ControlStore;

/// <summary>A way to a server that can be cut and mended: connections end and new ones are refused, or nothing comes through any more.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly int _target;
    private readonly List<Socket> _open = [];
    private readonly Lock _guard = new();
    private TcpListener? _listener;
    private bool _deaf;

    private Relay(int target) => _target = target;

    public int Port { get; private set; }

    public static Relay To(int port)
    {
        var relay = new Relay(port);
        relay.Mend();
        return relay;
    }

    /// <summary>Ends all connections and refuses new ones.</summary>
    public void Cut()
    {
        _listener?.Stop();
        _listener = null;
        End();
    }

    /// <summary>Takes connections and bytes and passes none on, as a network does that drops packets.</summary>
    public void Swallow() => Volatile.Write(ref _deaf, true);

    /// <summary>Listens again, on the same port.</summary>
    public void Mend()
    {
        if (_deaf) End();
        Volatile.Write(ref _deaf, false);
        if (_listener is not null) return;
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync(_listener);
    }

    public ValueTask DisposeAsync()
    {
        Cut();
        return ValueTask.CompletedTask;
    }

    private void End()
    {
        lock (_guard)
        {
            foreach (var socket in _open) socket.Close(0);
            _open.Clear();
        }
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync();
                var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                client.NoDelay = true;
                lock (_guard) _open.AddRange([client, server]);
                await server.ConnectAsync(IPAddress.Loopback, _target);
                _ = PumpAsync(client, server);
                _ = PumpAsync(server, client);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[8192];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                if (!Volatile.Read(ref _deaf)) await to.SendAsync(buffer.AsMemory(0, count));
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Cut, or one end has gone.
        }
    }
}
