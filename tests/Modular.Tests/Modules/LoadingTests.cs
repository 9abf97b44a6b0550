using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Installed;
using Modular.Host.Judging;
using Modular.Host.Judging.Compatibility;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Modules;

/// <summary>What a module has from the host, what is its own, and that each folder is loaded once or not at all.</summary>
public sealed class LoadingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modules").FullName;

    [Theory]
    [InlineData("Modular.Sdk.dll", "Modular.Sdk.dll")]
    [InlineData("Npgsql.dll", "runtimes/linux-x64/lib/Npgsql.dll")]
    [InlineData("Htmx.dll", "htmx.DLL")]
    public async Task A_folder_that_brings_what_modules_have_from_the_host_is_refused_before_anything_of_it_is_loaded(string copied, string to)
    {
        Plugins.Copy("younger", folder);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, "younger", to))!);
        File.Copy(Path.Combine(AppContext.BaseDirectory, copied), Path.Combine(folder, "younger", to));

        await RefusedAsync($"It brings {to}, which every module has from the host. Its maker must leave that out of the package.");
    }

    [Fact]
    public async Task So_is_one_that_brings_what_only_a_host_may_bring_and_this_host_lacks()
    {
        Plugins.Copy("younger", folder);
        Directory.CreateDirectory(Path.Combine(folder, "younger", "lib"));
        await File.WriteAllBytesAsync(Path.Combine(folder, "younger", "lib", "Microsoft.Extensions.Elsewhere.dll"), Empty("Microsoft.Extensions.Elsewhere"));

        await RefusedAsync("It brings lib/Microsoft.Extensions.Elsewhere.dll, which only a host may bring, and this host does not have it. Its maker must do without it.");
    }

    private async Task RefusedAsync(string reason)
    {
        Plugins.Copy("elder", folder);
        await using var host = await StartAsync();
        var modules = host.Services.GetRequiredService<InstalledModules>();

        Assert.Equal((ModuleStatus.Refused, reason), (modules.Find("younger")!.Status, modules.Find("younger")!.Reason));
        Assert.Empty(LoadedFrom(Path.Combine(folder, "younger")));
        Assert.NotEmpty(LoadedFrom(Path.Combine(folder, "elder")));
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        Assert.Contains(reason, (await manager.PageAsync("/admin/modules")).QuerySelector("#module-younger .note")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_loaded_once_for_all_hosts_of_a_process_and_works_in_each()
    {
        Plugins.Copy("younger", folder);
        await using var one = await StartAsync();
        await using var two = await StartAsync();

        Assert.Same(Younger(one).Assembly, Younger(two).Assembly);
        Assert.Single(LoadedFrom(Path.Combine(folder, "younger", "Modular.Plugins.Younger.dll")));
        foreach (var host in new[] { one, two })
        {
            using var manager = await host.SignInAsync(host.North, Roles.Manager);
            Assert.StartsWith("3.3.7", await manager.Http.GetStringAsync("/younger/version", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_folder_that_is_named_twice_is_one_module()
    {
        Plugins.Copy("younger", folder);
        await using var host = await TestHost.StartAsync(options: o => o with { ModulesDirectory = folder, ModuleFolders = [Path.Combine(folder, "younger") + "/"] });

        Assert.True(Assert.Single(host.Services.GetRequiredService<InstalledModules>().All).Runs);
    }

    [Fact]
    public async Task Other_files_in_the_folder_are_another_module()
    {
        Plugins.Copy("many", folder, "younger");
        await using var before = await StartAsync();
        Directory.Delete(Path.Combine(folder, "younger"), recursive: true);
        Plugins.Copy("younger", folder);
        await using var after = await StartAsync();

        Assert.Equal(("Modular.Plugins.Many", "Modular.Plugins.Younger"), (Younger(before).Assembly?.GetName().Name, Younger(after).Assembly?.GetName().Name));
    }

    [Fact]
    public void A_module_is_given_the_names_of_the_list_that_it_refers_to_and_no_others()
    {
        Plugins.Copy("younger", folder);
        using var assemblies = ModuleAssemblies.Read(ManifestJudge.Discover(folder).Single());

        Assert.Equal(["Modular.Plugins.Younger", "NodaTime"], assemblies.All.Select(a => a.Name).Order(StringComparer.Ordinal));
        var shared = assemblies.Summary().Shared;
        Assert.Contains("Modular.Sdk", shared);
        Assert.DoesNotContain("Npgsql", shared);
        Assert.All(shared, name => Assert.True(SharedNames.Has(name), name));
    }

    /// <summary>The loader takes what a shared assembly refers to for shared too: a library there that is not on the list would be the host's to all modules.</summary>
    [Fact]
    public void What_modules_share_refers_to_nothing_but_the_list_and_the_runtime()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var other = from file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
                    where SharedNames.IsHosts(Path.GetFileNameWithoutExtension(file))
                    from reference in AssemblyName.GetAssemblyName(file) is var name && Assembly.Load(name) is { } loaded ? loaded.GetReferencedAssemblies() : []
                    where !SharedNames.IsHosts(reference.Name!) && !File.Exists(Path.Combine(runtime, $"{reference.Name}.dll"))
                    select $"{Path.GetFileName(file)} refers to {reference.Name}";

        Assert.Equal([], other.Distinct());
    }

    private Task<TestHost> StartAsync() => TestHost.StartAsync(options: o => o with { ModulesDirectory = folder });

    private static LoadedModule Younger(TestHost host) => host.Services.GetRequiredService<InstalledModules>().Find("younger")!;

    private static IEnumerable<Assembly> LoadedFrom(string path) =>
        AssemblyLoadContext.All.SelectMany(context => context.Assemblies).Where(a => !a.IsDynamic && a.Location.StartsWith(path, StringComparison.Ordinal));

    private static byte[] Empty(string name)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name) { Version = new(1, 0, 0, 0) }, typeof(object).Assembly);
        assembly.DefineDynamicModule(name);
        using var bytes = new MemoryStream();
        assembly.Save(bytes);
        return bytes.ToArray();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
