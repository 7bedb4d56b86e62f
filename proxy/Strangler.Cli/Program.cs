using Strangler.Cli;

return await CliApp.RunAsync(args, CliEnvironment.OfProcess());
