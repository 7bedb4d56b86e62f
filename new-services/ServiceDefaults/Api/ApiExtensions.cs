using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace ServiceDefaults.Api;

/// <summary>What the contracts of the services have in common.</summary>
public static class ApiExtensions
{
    private static readonly string[] ReadMethods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>A number in a body is a number, not a text with digits.</summary>
    /// <param name="builder">The application to be.</param>
    /// <returns>The same builder.</returns>
    public static WebApplicationBuilder AddStrictJson(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        return builder;
    }

    /// <summary>
    /// Titles the document, version 1. The service itself calls <c>AddOpenApi</c>, as the comments of its types get into the document
    /// from where that call stands.
    /// </summary>
    /// <param name="openApi">The document's options.</param>
    /// <param name="title">The service.</param>
    /// <param name="description">What it is for.</param>
    public static void Describe(this OpenApiOptions openApi, string title, string description) =>
        openApi.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = title, Version = "v1", Description = description };

            // Where it runs is not part of the contract, and every GET may be asked as HEAD.
            document.Servers = [];
            foreach (var path in document.Paths.Values)
            {
                path.Operations?.Remove(HttpMethod.Head);
            }

            return Task.CompletedTask;
        });

    /// <summary>Maps a path that is only read: GET and HEAD; 503 while the database is away.</summary>
    /// <param name="app">The application.</param>
    /// <param name="pattern">The path.</param>
    /// <param name="handler">Answers.</param>
    /// <returns>The route, to describe it further.</returns>
    public static RouteHandlerBuilder MapRead(this IEndpointRouteBuilder app, string pattern, Delegate handler) =>
        app.MapMethods(pattern, ReadMethods, handler).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>Describes a parameter, which the slice itself reads and refuses in its own words, as an integer.</summary>
    /// <param name="route">The route.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="min">The smallest value; null when any will do.</param>
    /// <param name="max">The largest value; null when any will do.</param>
    /// <param name="fallback">What counts when it is left out; null when it cannot be.</param>
    /// <returns>The same route.</returns>
    public static RouteHandlerBuilder DescribeInteger(
        this RouteHandlerBuilder route, string name, int? min = null, int? max = null, int? fallback = null) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            if (operation.Parameters?.FirstOrDefault(parameter => parameter.Name == name) is OpenApiParameter parameter)
            {
                parameter.Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Integer,
                    Minimum = min is { } least ? $"{least}" : null,
                    Maximum = max is { } most ? $"{most}" : null,
                    Default = fallback is { } value ? JsonValue.Create(value) : null,
                };
            }

            return Task.CompletedTask;
        });
}
