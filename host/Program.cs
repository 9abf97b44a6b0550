using Modular.Host;

var connection = args.SkipWhile(a => a != "--connection").Skip(1).FirstOrDefault() ?? Environment.GetEnvironmentVariable("MODULAR_CONNECTION");
await using var app = HostApp.Build(new StartOptions { Connection = connection });
await app.RunAsync();
