using System.Reflection;
using Dapper;
using Npgsql;

namespace LegacyShop.Data;

/// <summary>Where the shop's database is, and what its schema looks like.</summary>
internal static class ShopDatabase
{
    // The server allows 100 connections to everybody together.
    private const int DefaultPoolSize = 40;

    static ShopDatabase() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>Opens nothing yet: the database may be away when the shop starts.</summary>
    public static NpgsqlDataSource CreateDataSource(IConfiguration configuration)
    {
        var text = configuration.GetConnectionString("Shop");
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ShopException("The connection string is missing: set ConnectionStrings__Shop.");
        }

        try
        {
            var builder = new NpgsqlConnectionStringBuilder(text) { ApplicationName = "LegacyShop" };
            if (!builder.ContainsKey("Maximum Pool Size"))
            {
                builder.MaxPoolSize = DefaultPoolSize;
            }

            return NpgsqlDataSource.Create(builder);
        }
        catch (ArgumentException e)
        {
            throw new ShopException($"The connection string in ConnectionStrings__Shop is not valid: {e.Message}");
        }
    }

    /// <summary>The DDL of every table.</summary>
    public static string ReadSchema()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("schema.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
