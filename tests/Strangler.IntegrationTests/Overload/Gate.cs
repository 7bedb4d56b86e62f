using Microsoft.AspNetCore.Http;
using Strangler.IntegrationTests.Edge;

namespace Strangler.IntegrationTests.Overload;

/// <summary>A backend's answer that waits until a test lets it go.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;

    /// <summary>How many requests have come to it.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public void Open() => _open.TrySetResult();

    /// <summary>Answers when it is open.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _waiting);
        await _open.Task;
        await TestBackend.Text("late")(context);
    }
}
