using System.Runtime.InteropServices;

namespace Modular.Benchmarks.Running;

/// <summary>The host as it is installed: published, with its modules beside it, compiled ahead of time where the registry has the compiler.</summary>
/// <param name="again">False takes what an earlier run left in the folder.</param>
public sealed class Published(string work, bool again)
{
    private readonly Lazy<Task<string>> two = new(() => PublishAsync(Path.Combine(work, "published"), again));
    private readonly ModuleCopies copies = new(Path.Combine(work, "copies"), again);
    private readonly Dictionary<int, Task<string>> larger = [];

    public static string Repository { get; } = FindRepository();

    /// <summary>Path of the host's assembly, with the modules of the repository.</summary>
    public Task<string> HostAsync() => two.Value;

    /// <summary>The same with this many modules: the repository's and copies of scheduling under other ids.</summary>
    public Task<string> HostWithAsync(int modules) => larger.TryGetValue(modules, out var made) ? made : larger[modules] = MakeAsync(modules);

    private static async Task<string> PublishAsync(string folder, bool again)
    {
        var host = Path.Combine(folder, "Modular.Host.dll");
        if (!again && File.Exists(host))
        {
            return host;
        }

        Console.Error.WriteLine("Publishing the host");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        await Command.RunAsync("dotnet", "publish", Path.Combine(Repository, "host", "Modular.Host.csproj"), "-c", "Release", "-o", folder, "--nologo", "-v", "q",
            "-p:UseSharedCompilation=false", "--use-current-runtime", "--self-contained", "false", "-p:PublishReadyToRun=true");
        return host;
    }

    private async Task<string> MakeAsync(int count)
    {
        var source = Path.GetDirectoryName(await HostAsync())!;
        var folder = Path.Combine(work, $"published-{count}");
        var host = Path.Combine(folder, "Modular.Host.dll");
        if (!again && File.Exists(host))
        {
            return host;
        }

        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Copy(source, folder);
        var modules = Path.Combine(folder, "modules");
        await copies.AddAsync(count - Directory.GetDirectories(modules).Length, modules);
        return host;
    }

    public static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Modular.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No Modular.sln above {AppContext.BaseDirectory}.");
    }
}
