using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Installed;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Modules;

/// <summary>Real plugin projects from tests/Plugins beside the good modules: whatever one does at start stays its own problem.</summary>
public sealed class BadNeighbourTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modules").FullName;
    private readonly string catalogue = $"x{Guid.CreateVersion7():N}"[..20];

    [Theory]
    [InlineData("throws", ModuleStatus.Malfunctioned, "It failed to start: The licence file is missing.")]
    [InlineData("unguarded", ModuleStatus.Refused, "Its page Everything (Get) declares no permission.")]
    [InlineData("exposes", ModuleStatus.Refused, "Its page PatientsApi (List) declares no permission.")]
    [InlineData("hijacks", ModuleStatus.Refused, "It replaces the host service TimeProvider.")]
    [InlineData("squats", ModuleStatus.Refused, "Its page Charts answers to /patients/charts/{id}; a module's pages stand below /squats, and what programs call below /api/squats.")]
    [InlineData("undeclared", ModuleStatus.Refused, "Its page Letters (Get) needs the permission undeclared.letter.read, which no running module declares.")]
    [InlineData("twins", ModuleStatus.Refused, "Its views /twins/Pages/Letter.cshtml and /twins/Pages/letter.cshtml have one path.")]
    [InlineData("doubles", ModuleStatus.Refused, "It declares settings 2 times; a module has one settings record, and a second is never read.")]
    public async Task A_bad_module_is_held_back_with_a_sentence_and_the_others_run(string id, ModuleStatus status, string reason)
    {
        await HeldBackAsync(id, status, reason);
    }

    /// <summary>Those that one project is built for; the folder says which.</summary>
    [Theory]
    [InlineData("constructs", ModuleStatus.Malfunctioned, "It failed to start: The licence server did not answer.")]
    [InlineData("steals", ModuleStatus.Refused, "Its permission patients.patient.read must be named steals.noun.verb.")]
    [InlineData("lurks", ModuleStatus.Refused, "It registers the hosted service Lurker; background work is a job or a message.")]
    public async Task So_is_one_that_only_its_folder_tells_from_others(string id, ModuleStatus status, string reason)
    {
        Plugins.Copy("many", folder, id);
        await HeldBackAsync(id, status, reason);
    }

    [Fact]
    public async Task A_module_built_against_a_later_sdk_is_not_loaded_and_the_member_is_named()
    {
        Plugins.Copy("future", folder);
        await HeldBackAsync("future", ModuleStatus.NotSupported,
            "It uses Modular.Sdk.ModuleBuilder.Reminder(), which this host does not have. Ask its maker for a version for SDK 0.9, or upgrade the host.");
    }

    private async Task HeldBackAsync(string id, ModuleStatus status, string reason)
    {
        if (!Directory.Exists(Path.Combine(folder, id)))
        {
            Plugins.Copy(id, folder);
        }

        Plugins.Copy("younger", folder);

        await using var host = await TestHost.StartAsync(options: o => o with { ModulesDirectory = folder });

        var modules = host.Services.GetRequiredService<InstalledModules>();
        Assert.Equal((status, reason), (modules.Find(id)!.Status, modules.Find(id)!.Reason));
        Assert.True(modules.Find("younger")!.Runs);
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        Assert.Contains(reason, (await manager.PageAsync("/admin/modules")).QuerySelector($"#module-{id} .note")!.TextContent, StringComparison.Ordinal);
        foreach (var address in new[] { $"/{id}/letters", $"/api/{id}/patients" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync(address)).StatusCode);
        }
    }

    [Fact]
    public async Task Whoever_needs_a_module_that_was_refused_is_turned_off_too()
    {
        Plugins.Copy("undeclared", folder);
        Plugins.Copy("leans", folder);

        await using var host = await TestHost.StartAsync(options: o => o with { ModulesDirectory = folder });

        var leans = host.Services.GetRequiredService<InstalledModules>().Find("leans")!;
        Assert.Equal((ModuleStatus.NotSupported, "It needs the module undeclared, which does not run."), (leans.Status, leans.Reason));
    }

    [Fact]
    public async Task Safe_mode_starts_no_module_and_keeps_the_host()
    {
        Plugins.Copy("younger", folder);

        await using var host = await TestHost.StartAsync(options: o => o with { ModulesDirectory = folder, SafeMode = true });

        Assert.Equal(ModuleStatus.HeldBack, host.Services.GetRequiredService<InstalledModules>().Find("younger")!.Status);
    }

    [Fact]
    public async Task Two_plugins_with_two_versions_of_one_library_work_side_by_side()
    {
        Plugins.Copy("elder", folder);
        Plugins.Copy("younger", folder);

        await using var host = await TestHost.StartAsync(options: o => o with { ModulesDirectory = folder });

        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        var elder = await manager.Http.GetStringAsync("/elder/version", TestContext.Current.CancellationToken);
        var younger = await manager.Http.GetStringAsync("/younger/version", TestContext.Current.CancellationToken);
        Assert.StartsWith("3.3.4", elder, StringComparison.Ordinal);
        Assert.StartsWith("3.3.7", younger, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_module_that_killed_the_host_twice_at_start_is_left_out_until_somebody_lets_it_try_again()
    {
        Plugins.Copy("crashes", folder);
        Plugins.Copy("younger", folder);
        var data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
        Assert.Equal((134, ""), await DoctorAsync(data));
        Assert.Equal((134, ""), await DoctorAsync(data));

        var (code, said) = await DoctorAsync(data);
        Assert.Equal(1, code);
        Assert.Contains("module crashes 1.0.0: HeldBack: The host died twice while Crashes was starting", said, StringComparison.Ordinal);
        Assert.Contains("module younger 1.0.0: Running", said, StringComparison.Ordinal);

        await using (var host = await TestHost.StartAsync(options: o => o with { ModulesDirectory = folder, DataDirectory = data }))
        {
            using var manager = await host.SignInAsync(host.North, Roles.Manager);
            var page = await manager.PageAsync("/admin/modules");
            await manager.SubmitAsync(page, "#module-crashes form[action='/admin/modules/retry/crashes']");
            page = await manager.PageAsync("/admin/modules");
            Assert.Null(page.QuerySelector("form[action='/admin/modules/retry/crashes']"));
            Assert.NotNull(page.QuerySelector("#module-crashes .note"));
        }

        Assert.Equal((134, ""), await DoctorAsync(data));
    }

    /// <summary>A host process of its own; 134 is how one ends that was aborted.</summary>
    private async Task<(int Code, string Said)> DoctorAsync(string data)
    {
        var host = Path.Combine(Path.GetDirectoryName(TestHost.ModulesFolder())!, "Modular.Host.dll");
        var start = new ProcessStartInfo("dotnet", [host, "doctor"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["MODULAR_CONNECTION"], start.Environment["MODULAR_CATALOGUE"]) = (await TestServer.ConnectionAsync(), catalogue);
        (start.Environment["MODULAR_DATA"], start.Environment["MODULAR_MODULES"], start.Environment["DOTNET_DbgEnableMiniDump"]) = (data, folder, "0");
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        await error;
        return (process.ExitCode, await output);
    }

    public void Dispose() => Directory.Delete(folder, true);
}
