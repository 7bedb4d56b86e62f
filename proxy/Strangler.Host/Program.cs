using Strangler.Host;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Plans.Postgres;

if (args is ["--print-control-schema", .. var role])
{
    Console.Out.Write(ControlSchema.Sql(role is [var name, ..] ? name : ControlSchema.DefaultRole));
    return 0;
}

try
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.Services.AddStrangler(HostArguments.Read(builder.Configuration));
    builder.WebHost.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;

        // How large a request may be is for the backend to say.
        kestrel.Limits.MaxRequestBodySize = null;
    });
    await builder.Build().MapStrangler().RunAsync();
    return 0;
}
catch (OperationCanceledException)
{
    // SIGTERM or Ctrl-C while it was still starting.
    return 0;
}
catch (InvalidRulesException error)
{
    foreach (var diagnostic in error.Diagnostics) Console.Error.WriteLine(diagnostic);
    return ExitCodes.RulesInvalid;
}
catch (Exception error) when (error is ControlStoreException or HostArgumentsException or IOException or FormatException)
{
    Console.Error.WriteLine($"strangler edge: {error.Message}");
    return ExitCodes.Failed;
}
