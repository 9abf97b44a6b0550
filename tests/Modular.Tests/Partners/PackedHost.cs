using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Modular.Tests.Harness;

namespace Modular.Tests.Partners;

/// <summary>The host of the packages as a practice has it: a data folder with a server of its own, and a folder of modules beside it.</summary>
internal sealed partial class PackedHost
{
    private readonly Dictionary<string, string?> environment;
    private readonly string folder;
    private readonly string program;

    private PackedHost(string folder, string program, Dictionary<string, string?> environment) =>
        (this.folder, this.program, this.environment) = (folder, program, environment);

    public static async Task<PackedHost> MakeAsync(PackedFeed feed)
    {
        var folder = await feed.FolderAsync("practice");
        var host = Path.Combine(await feed.RootAsync(), "packages", "modular.testing", feed.Version, "host");
        var modules = Path.Combine(folder, "modules");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(host, "modules"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(modules, Path.GetRelativePath(Path.Combine(host, "modules"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return new(folder, Path.Combine(host, "Modular.Host.dll"),
            new(await feed.EnvironmentAsync()) { ["MODULAR_DATA"] = Path.Combine(folder, "data"), ["MODULAR_MODULES"] = modules });
    }

    /// <summary>One verb, as an administrator types it.</summary>
    public Task<(int Code, string Said)> TryAsync(params string[] verb) => Command.TryAsync(folder, environment, "dotnet", [program, .. verb]);

    public async Task<string> RunAsync(params string[] verb)
    {
        var (code, said) = await TryAsync(verb);
        Assert.True(code == 0, $"{string.Join(' ', verb)} ended with {code}:\n{said}");
        return said;
    }

    public async Task<Serving> ServeAsync()
    {
        var port = Command.FreePort();
        var process = Command.Start(folder, environment, "dotnet", [program, "serve", "--port", $"{port}"], out var said);
        var serving = new Serving(process, new(new($"http://127.0.0.1:{port}"), "localhost"), said);
        Assert.True(await Command.UntilAsync(process, async () => (await serving.Client.GetAsync("/account/sign-in")).StatusCode is HttpStatusCode.OK or HttpStatusCode.Redirect), said());
        return serving;
    }

    /// <summary>Ended by the signal that a service manager sends.</summary>
    public sealed partial class Serving(Process process, TestClient client, Func<string> said) : IAsyncDisposable
    {
        public TestClient Client { get; } = client;

        /// <summary>By the link that the first start printed.</summary>
        public async Task SetUpAsync()
        {
            Assert.True(await Command.UntilAsync(process, () => Task.FromResult(Link().IsMatch(said()))), said());
            var page = await Client.PageAsync(Link().Match(said()).Value);
            var done = await Client.SubmitAsync(page, "form#first-run",
                ("Practice", "Elm Clinic"), ("Location", "Main Street"), ("Name", "Ada Vale"), ("SignInName", "ada"), ("Password", TestPeople.Password));
            Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await Command.RunAsync("/", [], "kill", "-TERM", $"{process.Id}");
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }

        [GeneratedRegex(@"/first-run\?token=\S+")]
        private static partial Regex Link();
    }
}
