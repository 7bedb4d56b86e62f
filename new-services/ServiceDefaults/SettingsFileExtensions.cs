using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;

namespace ServiceDefaults;

/// <summary>The optional settings file.</summary>
internal static class SettingsFileExtensions
{
    /// <summary>
    /// Reads <c>Settings:File</c>, which need not exist yet, and reads it again on each change. A file that cannot be parsed
    /// stops the start; later it counts as empty until it is right again, and standard error says so.
    /// </summary>
    public static void AddSettingsFile(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["Settings:File"] is not { Length: > 0 } file)
        {
            return;
        }

        var path = Path.GetFullPath(file);
        var loaded = false;
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        builder.Configuration.AddJsonFile(source =>
        {
            source.FileProvider = new PhysicalFileProvider(folder.FullName);
            source.Path = Path.GetFileName(path);
            source.Optional = true;
            source.ReloadOnChange = true;
            source.OnLoadException = failure =>
            {
                failure.Ignore = loaded;
                Console.Error.WriteLine($"Settings file {path} cannot be read: {failure.Exception.Message}");
            };
        });
        loaded = true;
    }
}
