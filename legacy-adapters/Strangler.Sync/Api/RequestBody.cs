using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Strangler.Sync.Api;

/// <summary>Reads a body within its limits.</summary>
internal static class RequestBody
{
    /// <summary>The largest body, in bytes.</summary>
    public const long MaxBytes = 64 * 1024;

    private const int MaxText = 1000;

    /// <summary>The body, or why it cannot be taken.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="request">The request; an empty body is an empty object.</param>
    /// <param name="type">How to read it.</param>
    /// <param name="texts">The texts in it, whose length is limited.</param>
    public static async Task<(T? Body, IResult? Refusal)> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, Func<T, IEnumerable<(string Name, string? Value)>> texts)
        where T : class
    {
        try
        {
            var body = request.ContentLength is 0
                ? JsonSerializer.Deserialize("{}", type)
                : await JsonSerializer.DeserializeAsync(request.Body, type, request.HttpContext.RequestAborted);
            if (body is null)
            {
                return (null, Problem.Invalid("The body is null; send a JSON object."));
            }

            return texts(body).FirstOrDefault(text => text.Value?.Length > MaxText) is { Name: { } name, Value: { } value }
                ? (null, Problem.Invalid($"{name} has {value.Length:N0} characters; at most {MaxText:N0} are taken."))
                : (body, null);
        }
        catch (JsonException e)
        {
            return (null, Problem.Invalid($"The body is not the JSON that is wanted here: {e.Message}"));
        }
        catch (BadHttpRequestException e)
        {
            return (null, Problem.Invalid($"The body cannot be read, it may have at most {MaxBytes:N0} bytes: {e.Message}"));
        }
    }
}
