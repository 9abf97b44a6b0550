using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Modular.Tests.Harness;

namespace Modular.Tests.Cli;

/// <summary>What the image runs, without the image: the publish output, another user, an empty working directory, nothing else of the sources.</summary>
public sealed class PublishTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modular-image-").FullName;

    [Fact]
    public async Task The_publish_output_starts_and_serves_from_an_empty_directory_as_another_user()
    {
        var published = Environment.GetEnvironmentVariable("MODULAR_PUBLISHED") is { Length: > 0 } given ? given : await PublishAsync();
        var (empty, data) = (Directory.CreateDirectory(Path.Combine(folder, "empty")).FullName, Directory.CreateDirectory(Path.Combine(folder, "data")).FullName);
        await RunAsync("chmod", "-R", "a+rX", folder);
        await RunAsync("chmod", "a+rwx", data);
        var port = FreePort();
        using var host = Start(published, empty, data, port);
        var output = host.StandardOutput.ReadToEndAsync();
        var error = host.StandardError.ReadToEndAsync();
        try
        {
            using var http = new HttpClient { BaseAddress = new($"http://localhost:{port}") };
            Assert.True(await IsReadyAsync(http, host), "The host did not become ready.");
            Assert.Contains("<form", await http.GetStringAsync("/account/sign-in", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFileSystemEntries(empty));
        }
        finally
        {
            await RunAsync("kill", "-TERM", $"{host.Id}");
            await host.WaitForExitAsync();
        }

        Assert.DoesNotContain("   at ", await error + await output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(data, "postmaster.pid", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task The_image_runs_what_is_published_and_not_as_root()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "Dockerfile"), TestContext.Current.CancellationToken);

        Assert.Contains(lines, l => l.Contains("dotnet publish host/Modular.Host.csproj -c Release -o /app", StringComparison.Ordinal));
        Assert.Contains("COPY --from=build /app /app", lines);
        Assert.Contains("USER $APP_UID", lines);
        Assert.Contains("ENTRYPOINT [\"dotnet\", \"/app/Modular.Host.dll\", \"serve\"]", lines);
    }

    private async Task<string> PublishAsync()
    {
        var target = Path.Combine(folder, "app");
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        await RunAsync("dotnet", "publish", Path.Combine(Repository.Root, "host", "Modular.Host.csproj"), "-c", configuration, "--no-build", "-o", target, "--nologo", "-v", "q");
        return target;
    }

    /// <summary>As nobody when the tests run as root; otherwise the person who runs them is another user than the image's already.</summary>
    private static Process Start(string published, string empty, string data, int port)
    {
        string[] serve = ["dotnet", Path.Combine(published, "Modular.Host.dll"), "serve", "--data", data];
        string[] command = Environment.UserName == "root" ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", .. serve] : serve;
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = empty, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var mine in start.Environment.Keys.Where(k => k.StartsWith("MODULAR_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(mine);
        }

        (start.Environment["MODULAR_LISTEN"], start.Environment["DOTNET_EnableDiagnostics"], start.Environment["HOME"]) = ($"http://127.0.0.1:{port}", "0", data);
        return Process.Start(start)!;
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, Process host)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        for (var i = 0; i < 480 && !host.HasExited; i++)
        {
            await tick.WaitForNextTickAsync();
            try
            {
                if ((await http.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK && (await http.GetAsync("/account/sign-in")).StatusCode == HttpStatusCode.OK)
                {
                    return true;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }

        return false;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {said}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
