using Modular.Journeys.Harness;
using Modular.Sdk;
using Modular.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>The owner takes a module from its maker's file to the server and off it again.</summary>
public sealed class InstallAModule(Browser browser) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("install-journey").FullName;
    private string? catalogue;
    private string owner = "";

    private string Package => Path.Combine(folder, "younger-1.0.0.zip");

    public async ValueTask InitializeAsync() => await File.WriteAllBytesAsync(Package, TestPackage.Of("younger").Zip().ToArray());

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_module_is_installed_although_unsigned_starts_with_the_restart_and_is_removed()
    {
        await using (var host = await StartAsync())
        {
            owner = (await host.People.EnsureAsync(host.North, Roles.Owner)).UserName!;
            await using var desk = await AtModulesAsync(host);
            await InstallAsync(desk);
            desk.AssertQuiet();
        }

        await using var next = await StartAsync();
        await using var after = await AtModulesAsync(next);
        await Expect(after.Page.Locator("#module-younger header")).ToContainTextAsync("1.0.0");
        await RemoveAsync(after);
        after.AssertQuiet();
    }

    private async Task InstallAsync(Desk desk)
    {
        await desk.ChooseAsync("Install a module");
        await desk.SeesAsync("Install only what comes from somebody you trust.");
        await desk.AssertAccessibleAsync();
        await desk.Page.Locator("#file").SetInputFilesAsync(Package);
        await desk.Page.Locator("main form button.primary").ClickAsync();
        await desk.SeesAsync("Nobody signed this package");
        await desk.AssertAccessibleAsync();
        desk.Expected("status of 422");

        await desk.Page.Locator("#file").SetInputFilesAsync(Package);
        await desk.Page.Locator("[name=unsigned]").CheckAsync();
        await desk.Page.Locator("main form button.primary").ClickAsync();
        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync("Younger 1.0.0 is installed, unsigned. Restart Modular to start it.");
        await desk.SeesAsync("is on disk. Restart Modular to start it.");
        await desk.AssertAccessibleAsync();
    }

    private static async Task RemoveAsync(Desk desk)
    {
        await desk.Page.Locator("#module-younger").GetByText("Remove from this server").ClickAsync();
        await desk.SeesAsync("Its data stays in the database");
        await desk.AssertAccessibleAsync();
        await desk.ChooseAsync("Remove Younger");
        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync("Younger is off and goes with the next restart; its data stays");
        await Expect(desk.Page.Locator("#module-younger")).ToContainTextAsync("Needs a restart.");
        await desk.AssertAccessibleAsync();
    }

    private async Task<Desk> AtModulesAsync(TestHost host)
    {
        var desk = await Desk.OpenAsync(browser, host, host.North);
        await desk.SignInAsync(owner, TestPeople.Password);
        await desk.Page.GotoAsync("/admin/modules");
        return desk;
    }

    private async Task<TestHost> StartAsync()
    {
        var host = await TestHost.StartAsync(catalogue: catalogue, options: o => o with
        {
            ModulesDirectory = Path.Combine(folder, "modules"),
            DataDirectory = folder,
            InstallByPage = true,
            CarriesOutInstalls = true,
        });
        catalogue = host.Catalogue;
        return host;
    }
}
