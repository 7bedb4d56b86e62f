using System.Text.Json.Serialization.Metadata;
using Catalog.Products;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Catalog.Defects;

/// <summary>Adds the defects.</summary>
internal static class DefectExtensions
{
    /// <summary>Binds the section; slices read it through a monitor, so that a change needs no restart.</summary>
    public static void AddDefects(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<DefectOptions>().BindConfiguration(DefectOptions.Section);
        builder.Services.AddOptions<JsonOptions>().Configure<IOptionsMonitor<DefectOptions>>((json, defects) =>
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, new DefaultJsonTypeInfoResolver
            {
                Modifiers = { type => LeaveOutUnknownWeight(type, defects) },
            }));
    }

    private static void LeaveOutUnknownWeight(JsonTypeInfo type, IOptionsMonitor<DefectOptions> defects)
    {
        if (type.Type == typeof(ProductDetail))
        {
            var weight = type.Properties.Single(property => property.Name == "weightGrams");
            weight.ShouldSerialize = (_, value) => value is not null || !defects.CurrentValue.MissingField;
        }
    }
}
