using Npgsql;
using Strangler.Demo;
using Strangler.Demo.Processes;

var screen = new Screen();
using var signals = new StopSignals();
try
{
    if (args is ["--help" or "-h", ..])
    {
        screen.Line(DemoOptions.Usage);
        return 0;
    }

    return await new DemoRun(DemoArguments.Parse(args), screen).RunAsync(signals);
}
catch (UsageException e)
{
    screen.Error($"strangler demo: {e.Message}");
    screen.Error(DemoOptions.Usage);
    return 2;
}
catch (Exception e) when (e is DemoException or ChildFailedException or TimeoutException or InvalidOperationException
    or NpgsqlException or IOException or UnauthorizedAccessException)
{
    screen.Error($"strangler demo: {e.Message}");
    return 1;
}
catch (OperationCanceledException) when (signals.Received is not null)
{
    return 130;
}
