using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Modular.Host.Imports;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Sdk.Core;
using Modular.Tests.Bus;
using Modular.Tests.Harness;
using Modular.Tests.Partners;
using Npgsql;

namespace Modular.Tests.Observability;

/// <summary>
/// Whatever fails says a patient's name and year of birth: pages, panels, tiles, handlers, jobs, imports, migrations, the database under the
/// host's own pages. None of it is in any line, any column of any table or any file afterwards.
/// </summary>
public sealed class SpokenFailureTests : IDisposable
{
    private static readonly string Hex = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(LogCanary.Token));

    private readonly string modules = Directory.CreateTempSubdirectory("modules-").FullName;
    private readonly string data = Directory.CreateTempSubdirectory("data-").FullName;
    private readonly ConcurrentQueue<string> lines = new();

    [Fact]
    public async Task What_a_failure_says_is_in_no_line_no_column_and_no_file()
    {
        Plugins.Copy("grumbles", modules);
        Plugins.Copy("panels", modules);
        Plugins.Copy("many", modules, "migrates");
        await File.WriteAllTextAsync(Path.Combine(modules, "migrates", "Migrations", "0001_many.sql"), $"do $$ begin raise exception '{LogCanary.Token} Vale, born 1931'; end $$");
        await using var host = await TestHost.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton(BusHost.Quick);
                builder.Logging.AddProvider(LogCanary.Listen(lines));
            },
            options: o => o with { ModulesDirectory = modules, DataDirectory = data, SlotBudget = TimeSpan.FromSeconds(1) });
        host.Services.GetRequiredService<InstalledModules>().Core.Builder!.Import<SpeakingImport>();
        using var manager = await host.SignInAsync(host.North, Roles.Manager);

        await PagesAsync(host, manager);
        await MessagesAsync(host, manager);
        await ImportAsync(host);
        await UnderTheHostAsync(host);

        Assert.Contains(lines, line => line.Contains("InvalidOperationException in ReadProcess.Throws", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("ThrowingPanel.LoadAsync", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("correlation", StringComparison.Ordinal) && line.Contains("RoomChangedHandler.HandleAsync", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, Spoken);
        foreach (var database in new[] { host.North.Database, host.South.Database, host.Services.GetRequiredService<Catalogue>().Database })
        {
            Assert.Empty(await ColumnsAsync(database));
        }

        Assert.Empty(Files(data).Concat(Files(modules).Where(f => !f.EndsWith(".sql", StringComparison.Ordinal) && !f.EndsWith(".dll", StringComparison.Ordinal) && !f.EndsWith(".pdb", StringComparison.Ordinal))));
        Assert.False(Spoken(await ServerLogAsync(host)));
    }

    [Fact]
    public async Task A_thread_of_a_module_that_throws_ends_alone_and_the_console_says_where_and_not_what()
    {
        Plugins.Copy("many", modules, "stumbles");
        var port = Command.FreePort();
        using var host = Command.Start(data, new()
        {
            ["MODULAR_CONNECTION"] = await TestServer.ConnectionAsync(), ["MODULAR_CATALOGUE"] = $"x{Guid.CreateVersion7():N}"[..20], ["MODULAR_DATA"] = data, ["MODULAR_MODULES"] = modules,
        }, "dotnet", [Path.Combine(Path.GetDirectoryName(TestHost.ModulesFolder())!, "Modular.Host.dll"), "serve", "--port", $"{port}"], out var said);
        try
        {
            using var probe = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
            Assert.True(await Command.UntilAsync(host, async () => (await probe.GetAsync("/health/live")).StatusCode == HttpStatusCode.OK
                && said().Contains("A thread that nobody watches has ended", StringComparison.Ordinal)), said());

            Assert.Contains("InvalidOperationException in ManyModule.Stumble", said(), StringComparison.Ordinal);
            Assert.False(Spoken(said()));
            Assert.False(host.HasExited);
        }
        finally
        {
            await Command.RunAsync("/", [], "kill", "-TERM", $"{host.Id}");
            await host.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task PagesAsync(TestHost host, TestClient manager)
    {
        var failed = await manager.GetAsync("/grumbles/throws");
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        Assert.False(Spoken(await failed.Content.ReadAsStringAsync()));
        using var desk = await host.SignInAsync(host.North, Roles.FrontDesk);
        foreach (var mood in "0123")
        {
            await desk.PageAsync($"/panels/pages/{Guid.CreateVersion7().ToString()[..^1]}{mood}");
        }

        await desk.PageAsync("/");
        Assert.False(Spoken((await manager.PageAsync("/admin/modules")).Source.Text));
    }

    private static async Task MessagesAsync(TestHost host, TestClient manager)
    {
        await manager.SubmitAsync(await manager.PageAsync("/admin/jobs"), "form[action='/admin/jobs/run/grumbles.nightly']");
        await host.PublishAsync(host.North, new RoomChanged(Guid.CreateVersion7(), 1, TestHost.NorthMain, "Room 1", true));
        await host.North.UntilAsync("select count(*) from bus.dead_letters where module = 'grumbles'", 2L);
        foreach (var letter in (await manager.PageAsync("/admin/dead-letters")).QuerySelectorAll("a[href^='/admin/dead-letters/']"))
        {
            Assert.False(Spoken((await manager.PageAsync(letter.GetAttribute("href")!)).Source.Text));
        }

        Assert.False(Spoken((await manager.PageAsync("/admin/jobs")).Source.Text));
    }

    /// <summary>The file itself says nothing; what is made of its row does.</summary>
    private static async Task ImportAsync(TestHost host)
    {
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        var page = await owner.PageAsync("/admin/imports?kind=core.speaking");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
            { new StringContent("core.speaking"), "kind" },
            { new ByteArrayContent("id\n1\n"u8.ToArray()), "file", "rows.csv" },
        };
        var columns = await owner.Http.PostAsync("/admin/imports/start", form, TestContext.Current.CancellationToken);
        await owner.SubmitAsync(await owner.PageAsync(columns.Headers.Location!.ToString()), "form[data-guard]");
        var import = await host.North.AskAsync<Guid>("select id from core.imports");
        await host.North.UntilAsync($"select count(*) from core.import_rows where import_id = '{import}' and outcome = 'refused'", 1L);
        Assert.False(Spoken((await owner.PageAsync($"/admin/imports/{import}")).Source.Text));
    }

    /// <summary>A failure of the database in the middle of the host's own writes.</summary>
    private static async Task UnderTheHostAsync(TestHost host)
    {
        await using (var break_ = host.North.Database.CreateCommand($"""
            create function core.speak() returns trigger language plpgsql as $$ begin raise exception '% Vale, born 1931', 'Zq' || 'canary' using detail = 'Zq' || 'canary'; end $$;
            create trigger speak before insert or update on core.rooms for each row execute function core.speak();
            create trigger speak before insert on core.sessions for each row execute function core.speak();
            """))
        {
            await break_.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        using var another = host.Client(host.North);
        var person = await host.People.EnsureAsync(host.North, Roles.Manager, null);
        var signIn = await TestPeople.SignInAsync(another, person.UserName!);
        Assert.Equal(HttpStatusCode.InternalServerError, signIn.StatusCode);
        Assert.False(Spoken(await signIn.Content.ReadAsStringAsync()));
    }

    private static bool Spoken(string text) => text.Contains(LogCanary.Token, StringComparison.OrdinalIgnoreCase) || text.Contains("born 1931", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<string>> ColumnsAsync(NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        var tables = await Modular.Host.Postgres.Sql.QueryAsync(connection, """
            select format('%I.%I', table_schema, table_name) from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
            """, [], r => r.GetString(0), default);
        var found = new List<string>();
        foreach (var table in tables)
        {
            // A row as text shows bytes in hex.
            await using var command = new NpgsqlCommand($"select exists (select from {table} t where t::text ilike '%{LogCanary.Token}%' or t::text ilike '%{Hex}%')", connection);
            if (await command.ExecuteScalarAsync() is true)
            {
                found.Add(table);
            }
        }

        return found;
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => Spoken(File.ReadAllText(f, Encoding.Latin1)));

    private static async Task<string> ServerLogAsync(TestHost host)
    {
        await using var command = host.Services.GetRequiredService<Catalogue>().Database.CreateCommand("select coalesce(pg_read_file(pg_current_logfile()), '')");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    public void Dispose()
    {
        Directory.Delete(modules, recursive: true);
        Directory.Delete(data, recursive: true);
    }
}

/// <summary>Fails at every row with words about a person.</summary>
public sealed class SpeakingImport : ImportKind
{
    public override string Id => "core.speaking";
    public override string Title => "Speaking";
    public override string Permission => "core.practice.manage";
    public override IReadOnlyList<ImportField> Fields { get; } = [new("id", "Id", Required: true, SourceId: true)];

    public override Task<ImportResult> ApplyAsync(ImportRow row, bool dryRun, CancellationToken ct) => throw new InvalidOperationException($"{LogCanary.Token} Vale, born 1931");

    public override Task SaveAsync(CancellationToken ct) => Task.CompletedTask;

    public override Task<string?> UndoAsync(ImportedRow row, CancellationToken ct) => Task.FromResult<string?>(null);
}
