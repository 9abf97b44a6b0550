using System.Reflection;
using System.Reflection.Emit;
using Modular.Tests.Harness;
using Modular.Tests.Partners;

namespace Modular.Tests.Sdk;

/// <summary>Packing compares with the packages of the last release. That those of today pass is shown by every test that packs them.</summary>
[Collection(typeof(PartnerCommands))]
public sealed class PackageBaselineTests
{
    [Fact]
    public async Task Packing_fails_when_the_package_lacks_what_the_last_release_had_and_names_it()
    {
        var folder = Directory.CreateTempSubdirectory("baseline-").FullName;
        var baseline = Path.Combine(folder, "before.nupkg");
        PackageBaseline.Write(baseline, "Modular.Scheduling.Messages", WithOneTypeMore());
        // With a mark of its own: packing leaves one beside the build and compares again only when the build is younger, and other tests pack too.
        var mark = Path.Combine(folder, "compared");
        var (code, said) = await Command.TryAsync(Repository.Root, [], "dotnet", "pack", Path.Combine("modules", "scheduling", "Messages"), "-c", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name,
            "--no-build", "-o", folder, "--nologo", "-v", "q", $"-p:PackageValidationBaselinePath={baseline}", $"-p:_ApiCompatValidatePackageSemaphoreFile={mark}", "-p:ModularVersion=1.0.0-compared");

        Assert.NotEqual(0, code);
        Assert.Contains("CP0001: Type 'Modular.Scheduling.Messages.VisitForgotten' exists on", said, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static byte[] WithOneTypeMore()
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Modular.Scheduling.Messages") { Version = new(1, 0, 0, 0) }, typeof(object).Assembly);
        assembly.DefineDynamicModule("Modular.Scheduling.Messages").DefineType("Modular.Scheduling.Messages.VisitForgotten", TypeAttributes.Public | TypeAttributes.Class).CreateType();
        using var bytes = new MemoryStream();
        assembly.Save(bytes);
        return bytes.ToArray();
    }
}
