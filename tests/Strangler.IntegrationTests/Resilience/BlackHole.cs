using System.Net;
using System.Net.Sockets;

namespace Strangler.IntegrationTests.Resilience;

/// <summary>An address at which a connection is neither taken nor refused: the queue of its listener is full, so that the system drops what comes.</summary>
internal sealed class BlackHole : IDisposable
{
    // One more than the queue takes fills it; what is beyond waits like everybody else.
    private const int Fillers = 4;

    private readonly Socket _listener = NewSocket();
    private readonly List<Socket> _fillers = [];

    public BlackHole()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(0);
        for (var i = 0; i < Fillers; i++)
        {
            var filler = NewSocket();
            filler.Blocking = false;
            try
            {
                filler.Connect(_listener.LocalEndPoint!);
            }
            catch (SocketException error) when (error.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // It connects in its own time, or never.
            }

            _fillers.Add(filler);
        }
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}";

    public void Dispose()
    {
        foreach (var filler in _fillers) filler.Dispose();
        _listener.Dispose();
    }

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
}
