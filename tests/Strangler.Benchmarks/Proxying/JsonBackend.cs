using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Strangler.Benchmarks.Proxying;

/// <summary>Answers everything with a product list of a size; with the shadow's marker, one price in it differs if it was started so.</summary>
internal static class JsonBackend
{
    public static Task RunAsync(string address, int size, bool differs)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(address);
        var app = builder.Build();
        var (plain, marked) = (Products(size, price: 1990), Products(size, differs ? 1989 : 1990));
        app.Run(async context =>
        {
            var body = context.Request.Headers.ContainsKey("Strangler-Shadow") ? marked : plain;
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = body.Length;
            await context.Response.BodyWriter.WriteAsync(body);
        });
        return app.RunAsync();
    }

    private static byte[] Products(int size, int price)
    {
        var text = new System.Text.StringBuilder("{\"items\":[");
        for (var i = 0; text.Length < size - 100; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}{{\"sku\":\"SKU-{i:000000}\",\"name\":\"Lamp {i}\",\"price\":{(i == 3 ? price : 1990 + i)},\"stock\":{i % 7}}}");
        }

        return System.Text.Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }
}
