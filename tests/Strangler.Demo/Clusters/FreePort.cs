using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Strangler.Demo.Clusters;

/// <summary>Free ports on 127.0.0.1.</summary>
public static class FreePort
{
    // Below the ports that the kernel gives to outgoing connections: one of those could take ours while its server restarts.
    private const int Lowest = 12_000;
    private const int BelowHighest = 32_000;

    /// <summary>A port that nobody listens on at this moment.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(Lowest, BelowHighest);
            if (IsFree(port))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
