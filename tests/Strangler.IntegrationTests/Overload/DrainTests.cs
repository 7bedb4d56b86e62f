using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Shouldly;
using Strangler.Demo.Clusters;
using Strangler.IntegrationTests.Edge;
using Strangler.IntegrationTests.Sync;

namespace Strangler.IntegrationTests.Overload;

/// <summary>The real program is told to stop under load: whoever has sent a request gets its answer.</summary>
public sealed class DrainTests : IDisposable
{
    private const int Clients = 12;

    private readonly string _folder = Directory.CreateTempSubdirectory("drain-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Terminate_UnderLoad_AnswersEveryRequestThatWasSent()
    {
        var gate = new Gate();
        await using var legacy = await TestBackend.StartAsync(context =>
            context.Request.Path == "/slow" ? gate.AnswerAsync(context) : TestBackend.Text("ok")(context));
        var (port, management) = (FreePort.Next(), FreePort.Next());
        using var edge = Start(legacy.Address, port, management);
        using var http = new HttpClient();
        await Eventually.TrueAsync("the edge to answer", async () => await StatusAsync(http, $"http://127.0.0.1:{port}/") == HttpStatusCode.OK);
        var counts = new Counts();
        var clients = Enumerable.Range(0, Clients).Select(_ => Task.Run(() => OrderAsync(port, counts), TestContext.Current.CancellationToken)).ToArray();
        var slow = http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/slow"), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync("load", () => counts.Answered > 500 && gate.Waiting == 1);

        using var terminate = Process.Start("kill", ["-TERM", $"{edge.Id}"]);
        await Eventually.TrueAsync("the edge not to be ready", async () => await StatusAsync(http, $"http://127.0.0.1:{management}/readyz") == HttpStatusCode.ServiceUnavailable);
        counts.IsStopping = true;
        await Task.WhenAll(clients);

        // They were sent away by the answers, while the edge still listens, and not when it closed what was idle.
        using var late = new HttpClient();
        (await StatusAsync(late, $"http://127.0.0.1:{port}/")).ShouldBe(HttpStatusCode.OK);
        gate.Open();

        (await slow).ShouldBe("late");
        await edge.WaitForExitAsync(TestContext.Current.CancellationToken);
        edge.ExitCode.ShouldBe(0);
        counts.Cut.ShouldBe(0, counts.ToString());
        counts.Closed.ShouldBeGreaterThanOrEqualTo(Clients, "each client must have been asked to connect again");
        legacy.Seen.Count(r => r.Method == "POST").ShouldBe(counts.Answered);
    }

    // Orders on kept connections, like a load balancer that makes no new one to an edge that is not ready. An order is nothing that is sent
    // again by itself.
    private static async Task OrderAsync(int port, Counts counts)
    {
        var request = "POST /orders HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 2\r\n\r\nhi"u8.ToArray();
        var buffer = new byte[4096];
        while (!counts.IsStopping)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync("127.0.0.1", port);
            var isOpen = true;
            while (isOpen)
            {
                var answer = await AskAsync(socket, request, buffer);
                if (answer is null)
                {
                    counts.AddCut();
                    return;
                }

                counts.AddAnswered();
                isOpen = !answer.Contains("Connection: close", StringComparison.OrdinalIgnoreCase);
            }

            counts.AddClosed();
        }
    }

    private static async Task<string?> AskAsync(Socket socket, byte[] request, byte[] buffer)
    {
        try
        {
            await socket.SendAsync(request);
            var text = new StringBuilder();
            while (!text.ToString().Contains("\r\n\r\nok", StringComparison.Ordinal) && !text.ToString().Contains("\r\nok\r\n0\r\n\r\n", StringComparison.Ordinal))
            {
                var read = await socket.ReceiveAsync(buffer);
                if (read == 0) return null;
                text.Append(Encoding.ASCII.GetString(buffer, 0, read));
            }

            return text.ToString().StartsWith("HTTP/1.1 200", StringComparison.Ordinal) ? text.ToString() : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static async Task<HttpStatusCode?> StatusAsync(HttpClient http, string address)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(address), TestContext.Current.CancellationToken);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private Process Start(string legacy, int port, int management)
    {
        var rules = Path.Combine(_folder, "rules.yaml");
        File.WriteAllText(rules, $"apiVersion: strangler/v1\nlegacy: {{ destinations: [\"{legacy}\"] }}\n");
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false };
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Strangler.Host.dll"), "--rules", rules, "--state", Path.Combine(_folder, "state"),
            "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
            "--management", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{management}"), "--drain", "5",
        ];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private sealed class Counts
    {
        private volatile bool _isStopping;
        private int _answered;
        private int _cut;
        private int _closed;

        public bool IsStopping
        {
            get => _isStopping;
            set => _isStopping = value;
        }

        public int Answered => Volatile.Read(ref _answered);

        public int Cut => Volatile.Read(ref _cut);

        public int Closed => Volatile.Read(ref _closed);

        public void AddAnswered() => Interlocked.Increment(ref _answered);

        public void AddCut() => Interlocked.Increment(ref _cut);

        public void AddClosed() => Interlocked.Increment(ref _closed);

        public override string ToString() => $"{Answered} answered, {Cut} cut, {Closed} connections closed";
    }
}
