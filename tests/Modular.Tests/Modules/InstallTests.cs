using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Installed;
using Modular.Host.Installing;
using Modular.Host.Judging;
using Modular.Host.Practices;
using Modular.Host.Start;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;
using Modular.Tests.Partners;

namespace Modular.Tests.Modules;

/// <summary>From the upload to the next start, and back: the page of the owner, and what a restart makes of it.</summary>
public sealed class InstallTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("install").FullName;
    private string? catalogue;
    private string? ownerName;

    private string Modules => Path.Combine(folder, "modules");

    [Fact]
    public async Task An_uploaded_module_starts_with_the_restart_can_be_turned_on_and_is_in_the_log()
    {
        await using (var host = await StartAsync())
        {
            using var owner = await OwnerAsync(host);
            var noZip = await UploadAsync(owner, new MemoryStream("PK"u8.ToArray()), unsigned: true);
            Assert.Contains("This is not a .zip", await noZip.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            var refused = await UploadAsync(owner, TestPackage.Of("younger").Zip(), unsigned: false);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("Nobody signed this package", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

            Assert.Equal(HttpStatusCode.Redirect, (await UploadAsync(owner, TestPackage.Of("younger").Zip())).StatusCode);

            Assert.Contains("Younger 1.0.0 is on disk. Restart Modular to start it.", (await owner.PageAsync("/admin/modules")).Body!.TextContent, StringComparison.Ordinal);
            Assert.Equal(1L, await CountAsync(host, "select count(*) from audit.entries where module = 'younger' and what like 'module 1.0.0 installed, unsigned, SHA-256 %'"));
        }

        await using var next = await StartAsync();
        using var again = await OwnerAsync(next);
        await again.SubmitAsync(await again.PageAsync("/admin/modules/enable/younger"), "form.form");
        await next.North.UntilAsync("select state from core.modules where module = 'younger'", "on");
        await next.Services.GetRequiredService<PracticeRegistry>().RefreshAsync(next.North, default);
        Assert.StartsWith("3.3.7", await again.Http.GetStringAsync("/younger/version", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upgrade_waits_for_the_restart_and_the_version_before_goes_once_it_has_started()
    {
        Install(TestPackage.Of("younger"));
        await using (var host = await StartAsync())
        {
            Install(TestPackage.Of("younger", "1.1.0"));
            Assert.Equal("1.0.0", ManifestJudge.Discover(Modules).Single().Manifest.Version);
            using var owner = await OwnerAsync(host);
            Assert.Contains("Version 1.1.0 is installed and starts with the next restart.", (await owner.PageAsync("/admin/modules")).Body!.TextContent, StringComparison.Ordinal);
        }

        await using var next = await StartAsync();
        Assert.Equal(("1.1.0", true), (Of(next, "younger").Manifest.Version, Of(next, "younger").Runs));
        Assert.False(Directory.Exists(Path.Combine(Modules, ".previous", "younger")));
    }

    [Fact]
    public async Task An_upgrade_that_does_not_start_gives_way_to_the_version_before()
    {
        Install(TestPackage.Of("younger"));
        await (await StartAsync()).DisposeAsync();
        Install(TestPackage.Of("throws", "2.0.0").With("module.json", text => text.Replace("\"throws\"", "\"younger\"", StringComparison.Ordinal)));

        await using var host = await StartAsync();

        Assert.Equal(("1.0.0", true), (Of(host, "younger").Manifest.Version, Of(host, "younger").Runs));
        using var owner = await OwnerAsync(host);
        Assert.Contains("Version 2.0.0 was taken back because it did not start (It failed to start: The licence file is missing); 1.0.0 runs again.",
            (await owner.PageAsync("/admin/modules")).QuerySelector("#module-younger .note")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upgrade_whose_first_start_never_ended_is_taken_back_at_the_next_one()
    {
        Install(TestPackage.Of("younger"));
        await (await StartAsync()).DisposeAsync();
        Install(TestPackage.Of("younger", "1.1.0"));
        // What a process that dies in its start leaves behind: the folders are exchanged, nobody confirmed.
        new ModuleFolders(Modules).CarryOut();

        await using var host = await StartAsync();

        Assert.Equal("1.0.0", Of(host, "younger").Manifest.Version);
        Assert.Equal("Version 1.1.0 was taken back because it did not come through its first start; 1.0.0 runs again.", new ModuleFolders(Modules).Returned("younger"));
    }

    [Fact]
    public async Task An_upgrade_in_whose_first_start_the_process_is_killed_is_taken_back_and_the_page_says_so()
    {
        Install(TestPackage.Of("waits"));
        await (await StartAsync()).DisposeAsync();
        var pipe = Path.Combine(folder, "pipe");
        await Command.RunAsync(folder, [], "mkfifo", pipe);
        Install(TestPackage.Of("waits", "1.1.0").Add("pipe.txt", pipe));
        await KillWhileItStartsAsync(pipe);
        Assert.Equal("1.1.0", ManifestJudge.Discover(Modules).Single().Manifest.Version);

        await using var host = await StartAsync();

        Assert.Equal(("1.0.0", true), (Of(host, "waits").Manifest.Version, Of(host, "waits").Runs));
        Assert.False(File.Exists(Path.Combine(Modules, "waits", "pipe.txt")));
        using var owner = await OwnerAsync(host);
        Assert.Contains("Version 1.1.0 was taken back because it did not come through its first start; 1.0.0 runs again.",
            (await owner.PageAsync("/admin/modules")).QuerySelector("#module-waits .note")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>A serving process of its own, killed while the module that reads the pipe declares itself.</summary>
    private async Task KillWhileItStartsAsync(string pipe)
    {
        var environment = new Dictionary<string, string?>
        {
            ["MODULAR_CONNECTION"] = await TestServer.ConnectionAsync(), ["MODULAR_CATALOGUE"] = catalogue, ["MODULAR_DATA"] = folder, ["MODULAR_MODULES"] = Modules,
        };
        var program = Path.Combine(Path.GetDirectoryName(TestHost.ModulesFolder())!, "Modular.Host.dll");
        using var process = Command.Start(folder, environment, "dotnet", [program, "serve", "--port", "0"], out var said);
        try
        {
            // Opening a pipe to write waits until somebody opens it to read, which is the module.
            await using var end = await Task.Run(() => new FileStream(pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)).WaitAsync(TimeSpan.FromMinutes(1));
            Assert.False(process.HasExited, said());
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        Assert.Equal(137, process.ExitCode);
    }

    [Fact]
    public async Task A_removed_module_is_off_at_once_and_gone_after_the_restart_and_its_data_stays()
    {
        Plugins.Copy("facts", Modules);
        await using (var host = await StartAsync())
        {
            using var owner = await OwnerAsync(host);
            await owner.SubmitAsync(await owner.PageAsync("/admin/modules/remove/facts"), "form.form");

            Assert.False(host.North.IsOn("facts"));
            Assert.False(host.South.IsOn("facts"));
            Assert.Contains("taken off this host with the next restart", (await owner.PageAsync("/admin/modules")).QuerySelector("#module-facts")!.TextContent, StringComparison.Ordinal);
        }

        await using var next = await StartAsync();
        Assert.Null(next.Services.GetRequiredService<InstalledModules>().Find("facts"));
        Assert.False(Directory.Exists(Path.Combine(Modules, "facts")));
        Assert.Equal(1L, await CountAsync(next, "select count(*) from pg_namespace where nspname = 'facts'"));
    }

    [Fact]
    public async Task A_module_that_another_needs_stays()
    {
        Plugins.Copy("undeclared", Modules);
        Plugins.Copy("leans", Modules);
        await using var host = await StartAsync();

        var refused = await Assert.ThrowsAsync<PackageRefusedException>(() =>
            host.Services.GetRequiredService<ModuleRemover>().RemoveAsync("undeclared", Actor.System("test"), default));

        Assert.Equal("Leans needs Undeclared; remove that first.", refused.Message);
    }

    [Fact]
    public async Task Where_several_practices_are_served_and_for_everybody_but_the_owner_the_page_is_closed()
    {
        await using var shared = await TestHost.StartAsync(options: o => o with { ModulesDirectory = Modules });
        using (var owner = await shared.SignInAsync(shared.North, Roles.Owner))
        {
            Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync("/admin/modules/install")).StatusCode);
            Assert.Null((await owner.PageAsync("/admin/modules")).QuerySelector("a[href='/admin/modules/install']"));
        }

        await using var host = await StartAsync();
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        Assert.Equal(HttpStatusCode.Forbidden, (await manager.GetAsync("/admin/modules/install")).StatusCode);
    }

    private async Task<TestHost> StartAsync()
    {
        var host = await TestHost.StartAsync(catalogue: catalogue, options: o => o with { ModulesDirectory = Modules, DataDirectory = folder, InstallByPage = true, CarriesOutInstalls = true });
        catalogue = host.Catalogue;
        return host;
    }

    /// <summary>The same person at every start.</summary>
    private async Task<TestClient> OwnerAsync(TestHost host)
    {
        ownerName ??= (await host.People.EnsureAsync(host.North, Roles.Owner)).UserName!;
        var client = host.Client(host.North);
        await TestPeople.SignInAsync(client, ownerName);
        return client;
    }

    private static async Task<long> CountAsync(TestHost host, string sql)
    {
        await using var command = host.North.Database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private void Install(TestPackage package) =>
        new ModuleInstaller(new StartOptions { ModulesDirectory = Modules, DataDirectory = folder }).Install(package.Zip(), new(true, []));

    private static LoadedModule Of(TestHost host, string id) => host.Services.GetRequiredService<InstalledModules>().Find(id)!;

    private static async Task<HttpResponseMessage> UploadAsync(TestClient client, MemoryStream package, bool unsigned = true)
    {
        var form = (IHtmlFormElement)(await client.PageAsync("/admin/modules/install")).QuerySelector("form.form")!;
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in FormFields.Of(form))
        {
            content.Add(new StringContent(value), name);
        }

        if (unsigned)
        {
            content.Add(new StringContent("true"), "unsigned");
        }

        var file = new StreamContent(package);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        content.Add(file, "file", "module.zip");
        return await client.Http.PostAsync("/admin/modules/install", content);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
