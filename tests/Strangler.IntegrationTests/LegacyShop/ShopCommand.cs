using System.Diagnostics;

namespace Strangler.IntegrationTests.LegacyShop;

/// <summary>A verb of the monolith, run as a process of its own to its end.</summary>
internal sealed record ShopCommand(int ExitCode, string Output, string Error)
{
    public static async Task<ShopCommand> RunAsync(string? connectionString, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "LegacyShop.dll"), .. args])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__Shop"] = connectionString;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ShopCommand(process.ExitCode, await output, await error);
    }
}
