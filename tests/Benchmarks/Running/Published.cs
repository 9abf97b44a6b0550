using System.Runtime.InteropServices;

namespace Modular.Benchmarks.Running;

/// <summary>The host as it is installed: published, with its modules beside it, compiled ahead of time where the registry has the compiler.</summary>
/// <param name="repository">The version of the product: its source.</param>
/// <param name="again">False takes what an earlier run left in the folder.</param>
public sealed class Published(string work, string repository, bool again)
{
    private readonly Lazy<Task<string>> two = new(() => PublishAsync(Path.Combine(work, "published"), repository, again));
    private readonly ModuleCopies copies = new(Path.Combine(work, "copies"), repository, again);
    private readonly Dictionary<int, Task<string>> larger = [];
    private Task<string>? driver;

    /// <summary>The source of this benchmark.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Path of the host's assembly, with the modules of the repository.</summary>
    public Task<string> HostAsync() => two.Value;

    /// <summary>Path of the program that drives a host of this version.</summary>
    public async Task<string> DriverAsync() => await (driver ??= BuildDriverAsync(Path.Combine(work, "driver"), await HostAsync(), again));

    /// <summary>The same with this many modules: the repository's and copies of scheduling under other ids.</summary>
    public Task<string> HostWithAsync(int modules) => larger.TryGetValue(modules, out var made) ? made : larger[modules] = MakeAsync(modules);

    private static async Task<string> PublishAsync(string folder, string repository, bool again)
    {
        var host = Path.Combine(folder, "Modular.Host.dll");
        if (!again && File.Exists(host))
        {
            return host;
        }

        Console.Error.WriteLine($"Publishing the host of {repository}");
        Empty(folder);
        await Command.RunAsync("dotnet", "publish", Path.Combine(repository, "host", "Modular.Host.csproj"), "-c", "Release", "-o", folder, "--nologo", "-v", "q",
            "-p:UseSharedCompilation=false", "--use-current-runtime", "--self-contained", "false", "-p:PublishReadyToRun=true");
        return host;
    }

    /// <summary>Built against a published host and laid beside it, so that it runs with that host's assemblies as they are installed.</summary>
    private static async Task<string> BuildDriverAsync(string folder, string host, bool again)
    {
        var published = Path.GetDirectoryName(host)!;
        var driver = Path.Combine(published, "Modular.Benchmarks.Driver.dll");
        if (!again && File.Exists(driver))
        {
            return driver;
        }

        Console.Error.WriteLine($"Building the driver of {published}");
        Empty(folder);
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository, "tests", "Benchmarks", "Driver")).Where(f => Path.GetExtension(f) is ".cs" or ".csproj"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        // Whatever lies above the folder has no say in it.
        await File.WriteAllTextAsync(Path.Combine(folder, "Directory.Build.props"), $"<Project><Import Project=\"{Repository}/Directory.Build.props\" /><PropertyGroup><RestorePackagesWithLockFile>false</RestorePackagesWithLockFile></PropertyGroup></Project>");
        await File.WriteAllTextAsync(Path.Combine(folder, "Directory.Build.targets"), "<Project />");
        await File.WriteAllTextAsync(Path.Combine(folder, "Directory.Packages.props"), "<Project />");
        await Command.RunAsync("dotnet", "build", Path.Combine(folder, "Modular.Benchmarks.Driver.csproj"), "-c", "Release", "-o", Path.Combine(folder, "built"), "--nologo", "-v", "q",
            "-p:UseSharedCompilation=false", "-p:RunAnalyzers=false", "-p:UseAppHost=false", $"-p:ModularPublished={published}");
        File.Copy(Path.Combine(folder, "built", Path.GetFileName(driver)), driver, overwrite: true);
        return driver;
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

        Empty(folder);
        Copy(source, folder);
        var modules = Path.Combine(folder, "modules");
        await copies.AddAsync(count - Directory.GetDirectories(modules).Length, modules);
        return host;
    }

    private static void Empty(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
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
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Modular.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No Modular.slnx above {AppContext.BaseDirectory}.");
    }
}
