using Microsoft.AspNetCore.Http;
using Strangler.IntegrationTests.Edge;

namespace Strangler.IntegrationTests.Resilience;

/// <summary>One side of a checkout before a real store. Legacy always works; the new side fails as <c>X-Fault</c> says, before or after it has committed.</summary>
internal sealed class FaultyCheckout(FaultyStore store, string side)
{
    private int _busy;

    /// <summary>Requests that it is still at, some of them long after their client was told that they failed.</summary>
    public int Busy => Volatile.Read(ref _busy);

    public async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _busy);
        try
        {
            var request = context.Request;
            var token = request.Headers["X-Token"].ToString();
            var fault = side == "new" ? request.Headers["X-Fault"].ToString() : "ok";
            using (var body = new StreamReader(request.Body))
            {
                if (await body.ReadToEndAsync() is { Length: > 0 } text && text != token) throw new InvalidOperationException($"{side} got '{text}', not '{token}'");
            }

            var (when, what) = fault.Split(' ') is [var first, var second] ? (first, second) : ("after", fault);
            if (when == "after") await WriteAsync(request, token);
            await EndAsync(context, what, token);
        }
        finally
        {
            Interlocked.Decrement(ref _busy);
        }
    }

    private Task WriteAsync(HttpRequest request, string token) => request.Path.Value switch
    {
        "/checkout/orders" or "/down/orders" => store.PlaceKeyedAsync(request.Headers["Idempotency-Key"].ToString(), token, side),
        "/checkout/address" or "/down/address" => store.SetAddressAsync(token),
        _ => store.PlaceAsync(token, side),
    };

    private async Task EndAsync(HttpContext context, string what, string token)
    {
        switch (what)
        {
            case "reset":
                context.Abort();
                return;
            case "hang":
                await TestBackend.Hang(context);
                return;
            case "late":
                await TestBackend.Hang(context);
                await WriteAsync(context.Request, token);
                return;
            case "ok":
                context.Response.StatusCode = StatusCodes.Status201Created;
                await context.Response.WriteAsync(side);
                return;
            default:
                if (what.EndsWith("-mark", StringComparison.Ordinal)) context.Response.Headers["Not-Executed"] = "1";
                await TestBackend.Text("a failure", int.Parse(what[..3], System.Globalization.CultureInfo.InvariantCulture))(context);
                return;
        }
    }
}
