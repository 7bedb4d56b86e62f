using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;

namespace Catalog.Api;

/// <summary>The contract of the service: JSON rules, routes and their description.</summary>
internal static class CatalogApiExtensions
{
    private static readonly string[] ReadMethods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Adds the OpenAPI document and the JSON rules it describes.</summary>
    public static void AddCatalogApi(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        builder.Services.AddOpenApi("v1", openApi => openApi.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Catalog", Version = "v1", Description = "What the shop sells." };

            // Where it runs is not part of the contract, and every GET may be asked as HEAD.
            document.Servers = [];
            foreach (var path in document.Paths.Values)
            {
                path.Operations?.Remove(HttpMethod.Head);
            }

            return Task.CompletedTask;
        }));
    }

    /// <summary>Maps <c>/openapi/v1.json</c>.</summary>
    public static void MapCatalogApi(this WebApplication app) => app.MapOpenApi();

    /// <summary>Maps a path that is only read: GET and HEAD.</summary>
    public static RouteHandlerBuilder MapRead(this IEndpointRouteBuilder app, string pattern, Delegate handler) =>
        app.MapMethods(pattern, ReadMethods, handler)
            .WithTags("Products")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>Describes a query parameter, which the slice itself reads and refuses in its own words, as an integer.</summary>
    public static RouteHandlerBuilder DescribeInteger(
        this RouteHandlerBuilder route, string name, int min, int max, int fallback) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            if (operation.Parameters?.FirstOrDefault(parameter => parameter.Name == name) is OpenApiParameter parameter)
            {
                parameter.Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Integer,
                    Minimum = $"{min}",
                    Maximum = $"{max}",
                    Default = JsonValue.Create(fallback),
                };
            }

            return Task.CompletedTask;
        });
}
