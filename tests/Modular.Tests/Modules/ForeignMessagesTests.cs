using System.Reflection;
using System.Reflection.Emit;
using Modular.Host.Installed;
using Modular.Host.Installing;
using Modular.Host.Judging;
using Modular.Host.Judging.Compatibility;
using Modular.Host.Start;
using Modular.Tests.Harness;
using Modular.Tests.Partners;

namespace Modular.Tests.Modules;

/// <summary>Messages are loaded once for all modules: whose they are is the owner's to say, whatever another module's package brings.</summary>
public sealed class ForeignMessagesTests : IDisposable
{
    private const string FileName = "Modular.Facts.Messages.dll";

    private readonly string folder = Directory.CreateTempSubdirectory("messages").FullName;

    private string Modules => Path.Combine(folder, "modules");

    [Fact]
    public async Task A_copy_that_another_modules_package_brings_changes_nothing_however_high_its_version()
    {
        Plugins.Copy("facts", Modules);
        var package = TestPackage.Of("counting");
        package.Files[package.Files.FindIndex(f => f.Name == FileName)] = (FileName, Empty(new(1, 9, 0, 0)));
        new ModuleInstaller(new StartOptions { ModulesDirectory = Modules, DataDirectory = folder }).Install(package.Zip(), new(true, []));

        // A process of its own: in this one the messages are loaded already.
        Dictionary<string, string?> settings = new()
        {
            ["MODULAR_CONNECTION"] = await TestServer.ConnectionAsync(), ["MODULAR_CATALOGUE"] = $"x{Guid.CreateVersion7():N}"[..20], ["MODULAR_DATA"] = folder, ["MODULAR_MODULES"] = Modules,
        };
        var host = Path.Combine(Path.GetDirectoryName(TestHost.ModulesFolder())!, "Modular.Host.dll");
        await Command.RunAsync(folder, settings, "dotnet", host, "practice", "add", "elm", "--name", "Elm");
        var said = await Command.RunAsync(folder, settings, "dotnet", host, "doctor");

        Assert.Contains("module facts 1.0.0: Running", said, StringComparison.Ordinal);
        Assert.Contains("messages out: facts.fact-found.v1, facts.fact-noted.v1", said, StringComparison.Ordinal);
        Assert.Contains("module counting 1.0.0: Running", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_messages_whose_owner_is_not_there_the_highest_version_is_taken()
    {
        Plugins.Copy("counting", Modules);
        Plugins.Copy("younger", Modules);
        var higher = Path.Combine(Modules, "younger", FileName);
        File.WriteAllBytes(higher, Empty(new(1, 9, 0, 0)));

        Assert.Equal(higher, SharedMessages.Of(ManifestJudge.Discover(Modules))["Modular.Facts.Messages"]);
    }

    [Fact]
    public void Whoever_was_built_for_newer_messages_than_the_owner_has_is_told_whom_to_upgrade()
    {
        Plugins.Copy("counting", Modules);
        Plugins.Copy("many", Modules, "facts");
        Own("facts", Empty(new(1, 0, 0, 0)));

        var found = ManifestJudge.Discover(Modules);
        MemberCheck.RefuseUnmet([.. found], SharedMessages.Of(found));

        Assert.Equal(ModuleStatus.Found, found.Single(m => m.Id == "facts").Status);
        var counting = found.Single(m => m.Id == "counting");
        Assert.Equal(ModuleStatus.NotSupported, counting.Status);
        Assert.Matches("^It uses the type Modular.Facts.Messages.FactNoted.*, which this host does not have. "
            + "Upgrade the module of these messages, or ask the maker of this one for a version for the Modular.Facts.Messages that is here.$", counting.Reason);
    }

    [Fact]
    public void A_module_that_calls_anothers_messages_its_own_is_refused_and_the_owner_stays()
    {
        Plugins.Copy("facts", Modules);
        Plugins.Copy("many", Modules, "claims");
        Own("claims", File.ReadAllBytes(Path.Combine(Modules, "facts", FileName)));

        var found = ManifestJudge.Discover(Modules).ToDictionary(m => m.Id);

        Assert.Equal((ModuleStatus.Refused, "It calls Modular.Facts.Messages.dll its own, but the message facts.fact-noted.v1 in it is not named claims.something."), (found["claims"].Status, found["claims"].Reason));
        Assert.Equal(ModuleStatus.Found, found["facts"].Status);
    }

    [Fact]
    public void Messages_that_are_not_in_the_folder_or_lie_there_under_another_name_are_refused()
    {
        Plugins.Copy("many", Modules, "claims");
        Own("claims", Empty(new(1, 0, 0, 0)));
        var manifest = Path.Combine(Modules, "claims", "module.json");
        var text = File.ReadAllText(manifest);

        Assert.Equal("Its messages ../facts/Modular.Facts.Messages.dll are not in its folder; their name ends in .Messages.dll.", Reason(text.Replace(FileName, $"../facts/{FileName}", StringComparison.Ordinal)));
        File.Move(Path.Combine(Modules, "claims", FileName), Path.Combine(Modules, "claims", "Modular.Claims.Messages.dll"));
        Assert.Equal("Its messages Modular.Claims.Messages.dll are the assembly Modular.Facts.Messages under another name.", Reason(text.Replace(FileName, "Modular.Claims.Messages.dll", StringComparison.Ordinal)));

        string? Reason(string json)
        {
            File.WriteAllText(manifest, json);
            return Assert.Single(ManifestJudge.Discover(Modules)).Reason;
        }
    }

    /// <summary>The module's manifest names the messages as its own, and they lie in its folder.</summary>
    private void Own(string id, byte[] messages)
    {
        File.WriteAllBytes(Path.Combine(Modules, id, FileName), messages);
        var manifest = Path.Combine(Modules, id, "module.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"sdk\":", $"\"messages\": \"{FileName}\", \"sdk\":", StringComparison.Ordinal));
    }

    /// <summary>An assembly of that name and version without a single message.</summary>
    private static byte[] Empty(Version version)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Modular.Facts.Messages") { Version = version }, typeof(object).Assembly);
        assembly.DefineDynamicModule("Modular.Facts.Messages");
        using var bytes = new MemoryStream();
        assembly.Save(bytes);
        return bytes.ToArray();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
