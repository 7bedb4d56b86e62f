using System.Net;
using System.Net.Sockets;

namespace Strangler.Demo.Clusters;

/// <summary>Free ports on 127.0.0.1.</summary>
public static class FreePort
{
    /// <summary>A port that was free a moment ago; the kernel hands out another one each time for a good while.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
