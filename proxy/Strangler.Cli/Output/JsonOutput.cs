using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Strangler.Core.Admin;

namespace Strangler.Cli.Output;

/// <summary>The JSON that the command writes: what the admin API answered, and <c>nextSteps</c>.</summary>
internal static class JsonOutput
{
    /// <summary>An answer of the admin API as an object that can be added to.</summary>
    /// <typeparam name="T">Type of the answer.</typeparam>
    /// <param name="answer">The answer.</param>
    /// <param name="type">How to write it.</param>
    public static JsonObject From<T>(T answer, JsonTypeInfo<T> type) =>
        JsonSerializer.SerializeToNode(answer, type)!.AsObject();

    /// <summary>A failure as an object, for programs that read only standard output.</summary>
    /// <param name="failure">What ended the command.</param>
    public static JsonObject From(CliException failure)
    {
        var error = new JsonObject
        {
            ["exitCode"] = (int)failure.Code,
            ["message"] = failure.Message,
        };
        if (failure.Problem is { } problem)
        {
            error["problem"] = From(problem, AdminJson.Default.AdminProblem);
        }

        return new JsonObject { ["error"] = error };
    }

    /// <summary>Writes a document and a line end.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="document">The document; gets <c>nextSteps</c> as its last member.</param>
    /// <param name="nextSteps">Commands that make sense now; may be empty.</param>
    /// <param name="indented">Whether for reading; otherwise all in one line.</param>
    public static void Write(TextWriter writer, JsonObject document, IReadOnlyList<string> nextSteps, bool indented = true)
    {
        document["nextSteps"] = new JsonArray([.. nextSteps.Select(step => (JsonNode)step)]);
        var options = new JsonWriterOptions
        {
            Indented = indented,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            document.WriteTo(json);
        }

        writer.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }
}
