return await Modular.Host.Cli.CommandLine.RunAsync(args);
