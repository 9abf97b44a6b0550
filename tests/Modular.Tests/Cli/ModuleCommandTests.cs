using System.Diagnostics;
using System.IO.Compression;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Installing;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.Cli;

/// <summary>The verbs of installing as an administrator types them, from the package to the last row.</summary>
public sealed class ModuleCommandTests : IAsyncLifetime
{
    private readonly string catalogue = $"m{Guid.CreateVersion7():N}"[..20];
    private readonly string data = Directory.CreateTempSubdirectory("modular-module-").FullName;
    private string connection = "";

    private string Modules => Path.Combine(data, "modules");

    public async ValueTask InitializeAsync() => connection = await TestServer.ConnectionAsync();

    [Fact]
    public async Task A_module_lives_from_install_to_purge()
    {
        var (package, export) = (Path.Combine(data, "facts.zip"), Path.Combine(data, "facts-export.zip"));
        await File.WriteAllBytesAsync(package, TestPackage.Of("facts").Zip().ToArray());
        Assert.Contains("install it with --unsigned", (await RunAsync(1, "module", "install", package)).Error, StringComparison.Ordinal);
        Assert.Contains("facts: Facts 1.0.0 is installed (unsigned). Restart Modular to start it", (await RunAsync("module", "install", package, "--unsigned")).Output, StringComparison.Ordinal);
        Assert.Equal("facts\t1.0.0\tFacts\tgood\tsigned by nobody\n", (await RunAsync("module", "list")).Output);
        await RunAsync("practice", "add", "elm", "--name", "Elm Street Clinic");
        await AskAsync("insert into facts.facts (id, version, number, text) values (gen_random_uuid(), 1, 7, 'seven')");
        await AskAsync("""
            insert into core.programs (id, name, scopes, requests_per_minute, created_at, created_by) values
                ('00000000-0000-7000-8000-0000000000b1', 'Both', '{facts.fact.read,patients.patient.read}', 60, now(), 'Test'),
                ('00000000-0000-7000-8000-0000000000b2', 'Facts alone', '{facts.fact.read}', 60, now(), 'Test');
            insert into core.webhooks (id, program_id, url, aliases, secret, made_at, made_by) values
                (gen_random_uuid(), '00000000-0000-7000-8000-0000000000b1', 'https://example.com/a', '{facts.fact-noted.v1,patients.patient-changed.v1}', '', now(), 'Test'),
                (gen_random_uuid(), '00000000-0000-7000-8000-0000000000b1', 'https://example.com/b', '{facts.fact-noted.v1}', '', now(), 'Test')
            """);
        var doctor = (await RunAsync("doctor")).Output;
        Assert.Contains("  messages out: facts.fact-found.v1, facts.fact-noted.v1, facts.fact-told.v1, facts.find-fact.v1, facts.night-came.v1, facts.note-fact.v1", doctor, StringComparison.Ordinal);
        Assert.Contains("  facts: on, 1 of 1 migrations applied", doctor, StringComparison.Ordinal);

        Assert.Contains("is installed. Remove it first", (await RunAsync(1, "module", "purge", "facts", "--export", export, "--confirm", "facts")).Error, StringComparison.Ordinal);
        Assert.Contains("Facts would be turned off in 1 practice: elm (1 row in ", (await RunAsync(1, "module", "remove", "facts")).Error, StringComparison.Ordinal);
        Assert.Equal("on", await AskAsync("select state from core.modules where module = 'facts'"));
        Assert.Contains("No removal of facts waits", (await RunAsync(1, "module", "keep", "facts")).Error, StringComparison.Ordinal);
        await RunAsync("module", "remove", "facts", "--confirm", "facts");
        Assert.Contains("facts: stays.", (await RunAsync("module", "keep", "facts")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("next restart", (await RunAsync("module", "list")).Output, StringComparison.Ordinal);
        Assert.Contains("Its data stays", (await RunAsync("module", "remove", "facts", "--confirm", "facts")).Output, StringComparison.Ordinal);
        Assert.Contains("It is taken off this host with the next restart; its data stays.", (await RunAsync("module", "list")).Output, StringComparison.Ordinal);
        Assert.Equal("off", await AskAsync("select state from core.modules where module = 'facts'"));
        new ModuleFolders(Modules).CarryOut();

        Assert.Contains("must be facts", (await RunAsync(1, "module", "purge", "facts", "--export", export, "--confirm", "fact")).Error, StringComparison.Ordinal);
        Assert.Contains("no id of a module", (await RunAsync(1, "module", "purge", "core", "--export", export, "--confirm", "core")).Error, StringComparison.Ordinal);
        Assert.Contains("; its permissions taken from 2 programs", (await RunAsync("module", "purge", "facts", "--export", export, "--confirm", "facts")).Output, StringComparison.Ordinal);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(export));
        await using (var zip = await ZipFile.OpenReadAsync(export, TestContext.Current.CancellationToken))
        {
            using var rows = new StreamReader(await zip.GetEntry("elm/facts.facts.csv")!.OpenAsync());
            Assert.Contains("seven", await rows.ReadToEndAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(0L, await AskAsync("""
            select (select count(*) from pg_namespace where nspname = 'facts') + (select count(*) from core.modules where module = 'facts')
                + (select count(*) from core.migrations where module = 'facts') + (select count(*) from bus.subscriptions where module = 'facts')
                + (select count(*) from core.patient_tables where schema_name = 'facts') + (select count(*) from bus.jobs where module = 'facts')
            """));
        Assert.Equal("patients.patient.read", await AskAsync("select array_to_string(scopes, ' ') from core.programs where name = 'Both' and revoked_at is null"));
        Assert.Equal("module purge", await AskAsync("select revoked_by from core.programs where name = 'Facts alone' and generation = 2"));
        Assert.Equal("patients.patient-changed.v1", await AskAsync("select array_to_string(aliases, ' ') from core.webhooks where url like '%/a' and ended_at is null"));
        Assert.Equal("The module facts was deleted for ever", await AskAsync("select ended_why from core.webhooks where url like '%/b' and ended_by = 'module purge'"));
        Assert.Equal(4L, await AskAsync("select count(*) from audit.entries where log = 'change' and table_name in ('programs', 'webhooks') and person_name = 'module purge'"));
        Assert.Equal(1L, await AskAsync("select count(*) from audit.entries where module = 'facts' and what = 'all data of the module deleted for ever, exported to facts-export.zip'"));
        Assert.Contains("exists", (await RunAsync(1, "module", "purge", "facts", "--export", export, "--confirm", "facts")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_version_says_a_way_back_that_works_when_it_is_followed()
    {
        var (first, second, export) = (Path.Combine(data, "one.zip"), Path.Combine(data, "two.zip"), Path.Combine(data, "export.zip"));
        await File.WriteAllBytesAsync(first, TestPackage.Of("facts").Zip().ToArray());
        await File.WriteAllBytesAsync(second, TestPackage.Of("facts", "2.0.0").Add("Migrations/0002_more.sql", "alter table facts add column more text").Zip().ToArray());
        await RunAsync("module", "install", first, "--unsigned");
        await RunAsync("practice", "add", "elm", "--name", "Elm Street Clinic");
        await RunAsync("module", "install", second, "--unsigned");
        new ModuleFolders(Modules).CarryOut();
        await RunAsync("migrate");

        var refused = (await RunAsync(1, "module", "install", first, "--unsigned")).Error;
        Assert.Contains("Facts 2.0.0 is installed; 1.0.0 is older, and its tables have moved on since.", refused, StringComparison.Ordinal);
        Assert.Contains("elm has 0002_more", refused, StringComparison.Ordinal);
        Assert.Contains("module remove facts --confirm facts, start Modular once, module purge facts --export FILE.zip --confirm facts, then install 1.0.0.", refused, StringComparison.Ordinal);

        await RunAsync("module", "remove", "facts", "--confirm", "facts");
        new ModuleFolders(Modules).CarryOut();
        Assert.Contains("Facts 1.0.0 is older than its tables are.", (await RunAsync(1, "module", "install", first, "--unsigned")).Error, StringComparison.Ordinal);
        await RunAsync("module", "purge", "facts", "--export", export, "--confirm", "facts");
        await RunAsync("module", "install", first, "--unsigned");
        await RunAsync("migrate");
        Assert.Contains("  facts: off, 1 of 1 migrations applied", (await RunAsync("doctor")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_the_page_and_the_doctor_say_the_same_of_each_module()
    {
        Directory.CreateDirectory(Modules);
        foreach (var plugin in new[] { "younger", "throws", "undeclared", "leans", "facts" })
        {
            Plugins.Copy(plugin, Modules);
        }

        await using var host = await TestHost.StartAsync(options: o => o with { DataDirectory = data, ModulesDirectory = Modules, CarriesOutInstalls = true, Catalogue = catalogue });
        new ModuleInstaller(new() { DataDirectory = data, ModulesDirectory = Modules }).Install(TestPackage.Of("younger", "1.1.0").Zip(), new(true, []));
        new ModuleFolders(Modules).MarkForRemoval("facts");
        using var owner = await host.SignInAsync(host.North, Modular.Sdk.Roles.Owner);
        var page = await owner.PageAsync("/admin/modules");
        var list = (await RunAsync("module", "list")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToList();
        var doctor = (await RunAsync(1, "doctor")).Output;

        Assert.Equal(["facts", "leans", "throws", "undeclared", "younger"], list.Select(line => line[0]));
        var standings = host.Services.GetRequiredService<Modular.Host.Installing.ModuleStandings>();
        foreach (var module in host.Services.GetRequiredService<Modular.Host.Installed.InstalledModules>().All)
        {
            var standing = standings.Of(module, module);
            var line = list.Single(l => l[0] == module.Id);
            var card = page.QuerySelector($"#module-{module.Id}")!.TextContent;
            Assert.Equal((module.Manifest.Version, standing.Publisher), (line[1], line[4]));
            Assert.Contains(standing.Publisher, card, StringComparison.Ordinal);
            Assert.Contains($"module {module.Id} {module.Manifest.Version}: {module.Status}", doctor, StringComparison.Ordinal);
            Assert.Equal(standing.Reason is null && standing.Restart is null, line[3] == "good");
            foreach (var sentence in new[] { standing.Reason, standing.Restart }.OfType<string>())
            {
                Assert.All([line[3], card, doctor], said => Assert.Contains(sentence, said, StringComparison.Ordinal));
            }
        }
    }

    private async Task<object?> AskAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Database = $"{catalogue}_elm", Pooling = false });
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private Task<(string Output, string Error)> RunAsync(params string[] verb) => RunAsync(0, verb);

    private async Task<(string Output, string Error)> RunAsync(int code, params string[] verb)
    {
        var host = Path.Combine(Path.GetDirectoryName(TestHost.ModulesFolder())!, "Modular.Host.dll");
        var start = new ProcessStartInfo("dotnet", [host, .. verb]) { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["MODULAR_CONNECTION"], start.Environment["MODULAR_CATALOGUE"]) = (connection, catalogue);
        (start.Environment["MODULAR_DATA"], start.Environment["MODULAR_MODULES"]) = (data, Modules);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var result = (await output, await error);
        Assert.True(process.ExitCode == code, $"{string.Join(' ', verb)} ended with {process.ExitCode}:\n{result.Item1}\n{result.Item2}");
        return result;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(data, recursive: true);
        return ValueTask.CompletedTask;
    }
}
