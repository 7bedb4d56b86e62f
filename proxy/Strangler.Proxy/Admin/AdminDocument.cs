using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Strangler.Core.Admin;
using Strangler.Proxy.Admin.Access;
using Strangler.Proxy.Admin.Idempotency;

namespace Strangler.Proxy.Admin;

/// <summary>The OpenAPI document of the admin API, <c>/admin/v1/openapi.json</c>; it is checked in as <c>docs/admin-api.json</c>.</summary>
internal static class AdminDocument
{
    // The name that is served when the route names none.
    private const string Name = "v1";

    private const string Scheme = "token";

    public static void AddTo(IServiceCollection services)
    {
        services.Configure<JsonOptions>(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, AdminJson.Default);
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddOpenApi(Name, options =>
        {
            options.AddDocumentTransformer((document, _, _) =>
            {
                Describe(document);
                return Task.CompletedTask;
            });
            options.AddOperationTransformer((operation, context, _) =>
            {
                Describe(operation, context);
                return Task.CompletedTask;
            });
        });
    }

    public static IEndpointConventionBuilder Map(RouteGroupBuilder admin) => admin.MapOpenApi("/openapi.json");

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Strangler admin API",
            Version = "v1",
            Description = "What operators, the command line and the console use. Every change names the plan it was made from in If-Match; "
                + "every refusal is problem details (RFC 9457) whose type is one of: " + string.Join(", ", Types()) + ".",
        };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
    }

    private static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<RightNeeded>().LastOrDefault() is { Right: var right })
        {
            operation.Description = $"Roles: {string.Join(", ", Rights.RolesWith(right).Select(role => role.ToString().ToLowerInvariant()))}.";
        }

        if (context.Description.HttpMethod is "GET" || ChangesNothing(context.Description.RelativePath!)) return;
        Add(operation, ParameterLocation.Header, "If-Match", "The plan that was looked at, as a quoted number; * where any will do.", isRequired: true);
        Add(operation, ParameterLocation.Query, "dryRun", "true: only say what would change.", isRequired: false);
        if (metadata.OfType<MayRepeat>().Any()) Add(operation, ParameterLocation.Header, "Idempotency-Key", "Names the change: asked for again with the same key it is not made again.", isRequired: false);
    }

    private static bool ChangesNothing(string path) => path.EndsWith(":preview", StringComparison.Ordinal) || path.EndsWith(":rerun", StringComparison.Ordinal);

    private static void Add(OpenApiOperation operation, ParameterLocation place, string name, string description, bool isRequired)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = name, In = place, Description = description, Required = isRequired, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
    }

    private static IEnumerable<string> Types() => typeof(ProblemTypes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (string)field.GetRawConstantValue()!)
        .Order(StringComparer.Ordinal);
}
