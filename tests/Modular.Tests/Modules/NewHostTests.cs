using Modular.Host.Installed;
using Modular.Host.Judging;
using Modular.Host.Judging.Compatibility;
using Modular.Tests.Harness;

namespace Modular.Tests.Modules;

/// <summary>The report before an upgrade: each installed module on the host that is to come.</summary>
public sealed class NewHostTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("upgrade").FullName;

    private string Modules => Path.Combine(folder, "modules");

    [Fact]
    public void Each_installed_module_is_compatible_unknown_or_broken_with_its_reason()
    {
        // The host under test stands for the new one, which brings patients and scheduling along.
        foreach (var id in new[] { "older", "future", "leans", "many" })
        {
            Plugins.Copy(id, Modules);
        }

        Change("many", "\"sdk\": \"0.9\"", "\"sdk\": \"2.0\"");
        Plugins.Copy("younger", Modules, "patients");
        Directory.CreateDirectory(Path.Combine(Modules, "damaged"));
        File.WriteAllText(Path.Combine(Modules, "damaged", "module.json"), "{");

        var verdicts = NewHost.In(Path.GetDirectoryName(TestHost.ModulesFolder())!)!.Judge(Modules).ToDictionary(v => v.Module.Id);

        Assert.Equal((Fits.Compatible, "All that it uses is there."), Of("older"));
        Assert.Equal(Fits.Broken, Of("future").Fits);
        Assert.StartsWith("It uses Modular.Sdk.ModuleBuilder.Reminder(), which the new host does not have.", Of("future").Why, StringComparison.Ordinal);
        Assert.Equal((Fits.Broken, "It needs the module undeclared, which is not installed."), Of("leans"));
        Assert.Equal(Fits.Broken, Of("many").Fits);
        Assert.StartsWith("It was built for SDK 2.0; the new host has 0.9.", Of("many").Why, StringComparison.Ordinal);
        Assert.Equal(Fits.Unknown, Of("damaged").Fits);
        Assert.Equal((Fits.Compatible, "Version 0.9.0 comes with the new host."), Of("patients"));

        (Fits Fits, string Why) Of(string id) => (verdicts[id].Fits, verdicts[id].Why);
    }

    [Fact]
    public void A_folder_without_a_host_is_no_host() => Assert.Null(NewHost.In(folder));

    [Fact]
    public void The_modules_of_this_project_find_every_member_they_refer_to()
    {
        var installed = ManifestJudge.Discover(TestHost.ModulesFolder());
        using var shared = SharedAssemblies.OfThisHost(SharedMessages.Of(installed));

        Assert.NotEmpty(installed);
        Assert.All(installed, module =>
        {
            using var assemblies = ModuleAssemblies.Read(module);
            Assert.Null(MemberCheck.Fault(assemblies, shared, ManifestJudge.SdkVersion));
        });
    }

    private void Change(string id, string from, string to)
    {
        var manifest = Path.Combine(Modules, id, "module.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace(from, to, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
