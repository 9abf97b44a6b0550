using System.CommandLine;

namespace Modular.Host.Cli;

public static class HealthCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { DefaultValueFactory = _ => 5080, Description = "Port of the serving host" };
        var command = new Command("health", "Ask the host on this machine whether it lives; for a container's health check.") { port };
        command.SetAction(async (parsed, ct) =>
        {
#pragma warning disable RS0030 // It asks this machine, where calls through IOutgoing may not go.
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
#pragma warning restore RS0030
            try
            {
                var response = await client.GetAsync(new Uri($"http://127.0.0.1:{parsed.GetValue(port)}/health/live"), ct);
                return response.IsSuccessStatusCode ? 0 : 1;
            }
            catch (HttpRequestException e)
            {
                throw new CommandFailedException($"No host answers on port {parsed.GetValue(port)}: {e.Message}");
            }
        });
        return command;
    }
}
