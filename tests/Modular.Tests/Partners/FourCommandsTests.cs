using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Modular.Tests.Harness;

namespace Modular.Tests.Partners;

/// <summary>The 15-minute path of a partner: new, run, test, pack, with nothing but the packages.</summary>
[Collection(typeof(PartnerCommands))]
public sealed partial class FourCommandsTests(NewModule module, PackedFeed feed) : IClassFixture<NewModule>
{
    [Fact]
    public async Task Dotnet_run_starts_the_real_host_with_the_module_as_it_was_built_and_a_signal_ends_it()
    {
        var port = Command.FreePort();
        using var run = Command.Start(module.Folder, module.Environment, "dotnet", ["run", "--", "--port", $"{port}"], out var said);
        try
        {
            using var client = new TestClient(new($"http://127.0.0.1:{port}"), "localhost");
            Assert.True(await Command.UntilAsync(run, async () => (await client.GetAsync("/account/sign-in")).StatusCode == HttpStatusCode.OK), said());
            // The demo practice fills itself meanwhile; its people come first.
            Assert.True(await Command.UntilAsync(run, async () => (await TestPeople.SignInAsync(client, "manager", "blue-kettle-porch")).StatusCode == HttpStatusCode.Redirect), said());
            Assert.Contains("Referrals", (await client.PageAsync("/referrals")).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
            // A debugger finds its symbols: what runs is the assembly of the build, with its .pdb, and no copy.
            Assert.Contains(Path.Combine(module.Folder, "bin", "Debug", "net10.0", "Modular.Referrals.dll"), LoadedBy(run.Id), StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(module.Folder, "bin", "Debug", "net10.0", "Modular.Referrals.pdb")));
        }
        finally
        {
            await Command.RunAsync(module.Folder, [], "kill", "-TERM", $"{run.Id}");
            await run.WaitForExitAsync(CancellationToken.None);
        }

        Assert.True(await IsFreeAsync(port), $"The host still listens: {said()}");
        Assert.Empty(Directory.EnumerateFiles(module.Environment["MODULAR_DATA"]!, "postmaster.pid", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Dotnet_test_runs_its_rules_its_slices_and_its_journey_on_a_throw_away_database()
    {
        var said = await Command.RunAsync(module.Folder, module.Environment, "dotnet", "test");

        var counts = Counts().Match(said);
        Assert.True(counts.Success, said);
        Assert.Equal(("0", "12", "0"), (counts.Groups["failed"].Value, counts.Groups["passed"].Value, counts.Groups["skipped"].Value));
    }

    [Fact]
    public async Task Dotnet_pack_makes_one_zip_with_a_digest_of_every_file_and_refuses_what_is_the_hosts()
    {
        await Command.RunAsync(module.Folder, module.Environment, "dotnet", "pack", "-o", "out");
        var output = Path.Combine(module.Folder, "bin", "Release", "net10.0");
        using (var zip = ZipFile.OpenRead(Path.Combine(module.Folder, "out", "referrals-1.0.0.zip")))
        {
            Assert.Equal(
                ["Help/index.md", "Migrations/0001_referrals.sql", "Modular.Patients.Messages.dll", "Modular.Referrals.Messages.dll", "Modular.Referrals.Messages.pdb", "Modular.Referrals.deps.json",
                    "Modular.Referrals.dll", "Modular.Referrals.pdb", "SHA256SUMS", "module.json"],
                zip.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));
            Assert.Equal(
                zip.Entries.Where(e => e.Name != "SHA256SUMS").Select(e => $"{Digest(e)}  {e.FullName}").Order(StringComparer.Ordinal),
                Text(zip.GetEntry("SHA256SUMS")!).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
            var manifest = JsonSerializer.Deserialize<Dictionary<string, string>>(Text(zip.GetEntry("module.json")!))!;
            Assert.Equal(("referrals", "0.9", "net10.0", "Modular.Referrals.dll", "Modular.Referrals.Messages.dll"),
                (manifest["id"], manifest["sdk"], manifest["framework"], manifest["assembly"], manifest["messages"]));
        }

        Assert.True(File.Exists(Path.Combine(module.Folder, "out", "Modular.Referrals.Messages.1.0.0.nupkg")));
        await RefusesAsync(Path.Combine(AppContext.BaseDirectory, "Npgsql.dll"), output, "MODULAR01", "Npgsql.dll would go into the package, but is the host's");
        await RefusesAsync(Path.Combine(AppContext.BaseDirectory, "Modular.Facts.Messages.dll"), output, "MODULAR02", "Modular.Facts.Messages.dll would go into the package, but this module does not refer to it");
        await InstalledAsync();
    }

    /// <summary>What was packed is installed on a host, runs there, is upgraded, and does not go back to the version before.</summary>
    private async Task InstalledAsync()
    {
        var (first, second) = (Path.Combine(module.Folder, "out", "referrals-1.0.0.zip"), Path.Combine(module.Folder, "out", "referrals-1.1.0.zip"));
        var host = await PackedHost.MakeAsync(feed);
        Assert.Contains("install it with --unsigned", (await host.TryAsync("module", "install", first)).Said, StringComparison.Ordinal);
        Assert.Contains("referrals: Referrals 1.0.0 is installed (unsigned). Restart Modular to start it", await host.RunAsync("module", "install", first, "--unsigned"), StringComparison.Ordinal);
        await using (var serving = await host.ServeAsync())
        {
            await serving.SetUpAsync();
            Assert.Contains("Referrals", (await serving.Client.PageAsync("/referrals")).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
            Assert.Contains("module referrals 1.0.0: Running", await host.RunAsync("doctor"), StringComparison.Ordinal);
            await RaiseVersionAsync();
            Assert.Contains("1.1.0 is installed (unsigned) in place of 1.0.0.", await host.RunAsync("module", "install", second, "--unsigned"), StringComparison.Ordinal);
            Assert.Contains("Version 1.1.0 is installed and starts with the next restart.", (await serving.Client.PageAsync("/admin/modules")).QuerySelector("#module-referrals")!.TextContent, StringComparison.Ordinal);
        }

        await using var upgraded = await host.ServeAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await TestPeople.SignInAsync(upgraded.Client, "ada")).StatusCode);
        Assert.Contains("Referrals", (await upgraded.Client.PageAsync("/referrals")).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("module referrals 1.1.0: Running", await host.RunAsync("doctor"), StringComparison.Ordinal);
        var (back, said) = await host.TryAsync("module", "install", first, "--unsigned");
        Assert.Equal(1, back);
        Assert.Contains("Referrals 1.1.0 is installed; 1.0.0 is older. Its tables are the same, so there is a way back that keeps its data: module remove referrals --confirm referrals, start Modular once, then install 1.0.0.", said, StringComparison.Ordinal);
    }

    private async Task RaiseVersionAsync()
    {
        var manifest = Path.Combine(module.Folder, "module.json");
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest)).Replace("\"1.0.0\"", "\"1.1.0\"", StringComparison.Ordinal));
        await Command.RunAsync(module.Folder, module.Environment, "dotnet", "pack", "-o", "out");
    }

    [Fact]
    public async Task A_call_that_no_module_makes_fails_its_build_with_what_to_use_instead()
    {
        var file = Path.Combine(module.Folder, "Careless.cs");
        await File.WriteAllTextAsync(file, """
            using Microsoft.EntityFrameworkCore;
            namespace Modular.Referrals;
            public static class Careless
            {
                public static object Time() => DateTime.UtcNow;
                public static object Calls() => new HttpClient();
                public static object Works() => Task.Run(async () => await Task.Delay(1));
                public static object Asks(DbContext db, string name) => db.Database.ExecuteSqlRaw("delete from referrals.referrals where name = '" + name + "'");
                public static object Sees(IQueryable<string> all) => all.IgnoreQueryFilters();
                public static object Loads() => System.Reflection.Assembly.LoadFrom("other.dll");
            }
            """);
        var (code, said) = await Command.TryAsync(module.Folder, module.Environment, "dotnet", ["build"]);
        File.Delete(file);

        Assert.NotEqual(0, code);
        foreach (var sentence in new[]
        {
            "error RS0030: The symbol 'DateTime.UtcNow' is banned in this project: Ask for TimeProvider", "Call out through IOutgoing", "Work beside a request is a job or a message",
            "A page or handler that waits holds its practice up", "Use ExecuteSql: what stands in braces there becomes a parameter", "It reads past the locations and rights", "Refer to the assembly",
        })
        {
            Assert.Contains(sentence, said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task No_package_names_a_place_of_the_repository()
    {
        var packages = await feed.PackagesAsync();
        Assert.Equal(
            ["Modular.Patients.Messages", "Modular.Scheduling.Messages", "Modular.Sdk", "Modular.Sdk.Build", "Modular.Templates", "Modular.Testing"],
            packages.Select(p => Path.GetFileName(p).Replace($".{feed.Version}.nupkg", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        foreach (var package in packages)
        {
            using var zip = ZipFile.OpenRead(package);
            string[] read = [".nuspec", ".props", ".targets", ".csproj", ".json"];
            Assert.DoesNotContain(zip.Entries.Where(e => read.Contains(Path.GetExtension(e.Name))), e => Text(e).Contains(Repository.Root, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Nothing_of_what_was_made_bears_the_templates_own_name() =>
        Assert.DoesNotContain(
            Directory.EnumerateFiles(module.Folder, "*", SearchOption.AllDirectories).Where(f => !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal)),
            f => $"{f}{File.ReadAllText(f)}".Contains("newmodule", StringComparison.OrdinalIgnoreCase));

    /// <summary>With this file in its output the module is not packed, and the reason is said.</summary>
    private async Task RefusesAsync(string file, string output, string code, string words)
    {
        var copy = Path.Combine(output, Path.GetFileName(file));
        File.Copy(file, copy);
        var (ended, said) = await Command.TryAsync(module.Folder, module.Environment, "dotnet", "pack", "--no-build");
        File.Delete(copy);
        Assert.NotEqual(0, ended);
        Assert.Contains(code, said, StringComparison.Ordinal);
        Assert.Contains(words, said, StringComparison.Ordinal);
    }

    private static string Digest(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>Files that the process started by the command has mapped.</summary>
    private static string LoadedBy(int command)
    {
        var children = File.ReadAllText($"/proc/{command}/task/{command}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(children.Append($"{command}").Select(id => File.ReadAllText($"/proc/{id}/maps")));
    }

    private static async Task<bool> IsFreeAsync(int port)
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    [GeneratedRegex(@"Failed:\s+(?<failed>\d+), Passed:\s+(?<passed>\d+), Skipped:\s+(?<skipped>\d+)")]
    private static partial Regex Counts();
}
