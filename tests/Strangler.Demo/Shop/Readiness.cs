using Strangler.Demo.Processes;

namespace Strangler.Demo.Shop;

/// <summary>Waits until a process answers.</summary>
internal sealed class Readiness(HttpClient http)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns when the address answers with a success.</summary>
    /// <exception cref="ChildFailedException">The process ended instead.</exception>
    /// <exception cref="DemoException">It was not ready within a minute.</exception>
    public async Task WaitAsync(ChildProcess child, string address, CancellationToken cancellation)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await AnswersAsync(address, cancellation))
        {
            if (child.HasExited)
            {
                throw new ChildFailedException(child.Name, child.ExitCode, child.LogFile);
            }

            if (TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw new DemoException($"{child.Name} was not ready within a minute ({address}). Its log: {child.LogFile}");
            }

            await Task.Delay(PollEvery, cancellation);
        }
    }

    private async Task<bool> AnswersAsync(string address, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(address), cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
