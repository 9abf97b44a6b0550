using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Modules;
using Modular.Tests.Harness;

namespace Modular.Tests.Modules;

/// <summary>Real plugin projects from tests/Plugins beside the good modules: whatever one does at start stays its own problem.</summary>
public sealed class BadNeighbourTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modules").FullName;

    [Theory]
    [InlineData("throws", ModuleStatus.Malfunctioned, "It failed to start: The licence file is missing.")]
    [InlineData("unguarded", ModuleStatus.Refused, "Its page Everything (Get) declares no permission.")]
    [InlineData("hijacks", ModuleStatus.Refused, "It replaces the host service TimeProvider.")]
    [InlineData("squats", ModuleStatus.Refused, "Its page Charts answers to /patients/charts/{id}; a module's pages stand below /squats.")]
    public async Task A_bad_module_is_held_back_with_a_sentence_and_the_others_run(string id, ModuleStatus status, string reason)
    {
        Plugins.Copy(id, folder);
        Plugins.Copy("younger", folder);

        await using var host = await TestHost.StartAsync(options: o => o with { ModulesDirectory = folder });

        var modules = host.Services.GetRequiredService<InstalledModules>();
        Assert.Equal((status, reason), (modules.Find(id)!.Status, modules.Find(id)!.Reason));
        Assert.True(modules.Find("younger")!.Runs);
    }

    [Fact]
    public async Task Safe_mode_starts_no_module_and_keeps_the_host()
    {
        Plugins.Copy("younger", folder);

        await using var host = await TestHost.StartAsync(options: o => o with { ModulesDirectory = folder, SafeMode = true });

        Assert.Equal(ModuleStatus.HeldBack, host.Services.GetRequiredService<InstalledModules>().Find("younger")!.Status);
    }

    public void Dispose() => Directory.Delete(folder, true);
}
