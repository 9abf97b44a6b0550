using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using Modular.Host.Composition;
using Modular.Host.Demo;
using Modular.Host.Logging;
using Modular.Host.Practices;
using Modular.Host.Start;

namespace Modular.Host.Cli;

public static class ServeCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { DefaultValueFactory = _ => 5080, Description = "Port to listen on" };
        var bind = new Option<string>("--bind") { DefaultValueFactory = _ => "127.0.0.1", Description = "Address to listen on" };
        port.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var typed }] && (!int.TryParse(typed, out var number) || number is < 0 or > IPEndPoint.MaxPort))
            {
                result.AddError($"--port {typed} is no port: it is a number from 1 to {IPEndPoint.MaxPort}; 0 takes a free one.");
            }
        });
        bind.Validators.Add(result =>
        {
            // Anything that is no address would be taken for "every address of this computer".
            if (result.Tokens is [{ Value: var typed }] && typed != "localhost" && !IPAddress.TryParse(typed.Trim('[', ']'), out _))
            {
                result.AddError($"--bind {typed} is no address: name one of this computer, such as 127.0.0.1, or 0.0.0.0 for all of them.");
            }
        });
        var demo = new Option<bool>("--demo") { Description = "Serve the demo practice, whose passwords everybody knows, to this computer alone" };
        var command = new Command("serve", "Serve every practice of the catalogue; prepare a first one when there is none, and say how to set it up.")
        {
            port, bind, demo,
        };
        command.AddConnection();
        command.SetAction(async (parsed, ct) =>
        {
            var wanted = new StartOptions
            {
                Port = parsed.GetValue(port),
                Bind = parsed.GetValue(bind)!,
                Demo = parsed.GetValue(demo),
                CarriesOutInstalls = true,
                Listen = Environment.GetEnvironmentVariable("MODULAR_LISTEN"),
            };
            if (wanted is { Demo: true, IsLoopback: false })
            {
                throw new CommandFailedException(
                    $"Everybody knows the passwords of the demo, so --demo serves this computer alone, and {wanted.Address} is open to others. Leave one of them out.");
            }

            using var logging = new LogDoor(LoggerFactory.Create(l => l.AddConsole().SetMinimumLevel(LogLevel.Warning)));
            var (options, cluster) = await AdminSession.ConnectAsync(parsed, wanted, logging.CreateLogger("postgres"), ct);
            // The demo beside a module that somebody works on.
            options = options with { Development = options.Development || (options.Demo && options.ModuleFolders.Count > 0) };
            if (!options.Development)
            {
                ContainThreads(logging.CreateLogger("Modular.Host"));
            }

            await using var joined = options.Joined;
            joined?.Keep();
            try
            {
                await ServeAsync(options, ct);
            }
            finally
            {
                if (cluster is not null)
                {
                    await cluster.DisposeAsync();
                }
            }

            return 0;
        });
        return command;
    }

    /// <summary>
    /// A module's thread that ends in an exception would take every practice along, and .NET would print what the exception says. The thread
    /// ends alone.
    /// </summary>
    private static void ContainThreads(ILogger log) => ExceptionHandling.SetUnhandledExceptionHandler(e =>
    {
        log.LogCritical(e, "A thread that nobody watches has ended");
        return true;
    });

    private static async Task ServeAsync(StartOptions options, CancellationToken ct)
    {
        await using var app = HostApp.Build(options);
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new CommandFailedException($"Port {options.Port} is taken. Choose another with --port.");
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AccessDenied)
        {
            throw new CommandFailedException(e.SocketErrorCode == SocketError.AccessDenied
                ? $"The user {Environment.UserName} may not listen on port {options.Port}. Choose one from 1024 with --port."
                : $"This computer has no address {options.Bind}. Choose another with --bind.");
        }

        try
        {
            await app.Services.GetRequiredService<NodeService>().Ready.WaitAsync(ct);
            await FirstPractice.EnsureAsync(app.Services, Console.Out, ct);
            await app.WaitForShutdownAsync(ct);
            if (app.Services.GetRequiredService<NodeService>().ExecuteTask is { IsFaulted: true } ended)
            {
                throw new CommandFailedException($"The host ended: {Failure.Describe(ended.Exception)}.");
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Ctrl-C or a stop by the system: how serving normally ends.
            await app.StopAsync(CancellationToken.None);
        }
    }
}
