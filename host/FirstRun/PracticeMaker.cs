using System.Security.Cryptography;
using System.Text;
using Modular.Host.Installed;
using Modular.Host.Migrations;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Host.Start;
using Modular.Host.Upgrading;
using Npgsql;

namespace Modular.Host.FirstRun;

/// <summary>Makes practices: a database from the migrated template, the profile, a first location.</summary>
public sealed class PracticeMaker(Catalogue catalogue, DatabaseServer server, InstalledModules modules, PracticeRegistry practices, StartOptions options)
{
    public async Task<Practice> AddAsync(NewPractice wanted, CancellationToken ct)
    {
        var id = wanted.Id ?? Guid.CreateVersion7();
        var database = DatabaseName(wanted.Slug);
        await server.CreateDatabaseAsync(database, await TemplateAsync(ct), ct);
        var row = new PracticeRow(id, wanted.Slug, wanted.Name, wanted.Hosts, wanted.BaseUrl, database, null, "active", false, wanted.Demo, 1);
        await using (var source = server.DataSource(database, 2))
        {
            await FoundAsync(source, wanted, ct);
        }

        await catalogue.AddAsync(row, ct);
        return await TakeUpAsync(id, ct);
    }

    /// <summary>
    /// A copy of a backed-up practice, under a new id: nothing signed, linked or cached for the original means anything here,
    /// and whatever would speak to the outside is held until somebody releases it.
    /// </summary>
    public async Task<Practice> RestoreAsync(string file, string slug, string? name, CancellationToken ct)
    {
        var database = DatabaseName(slug);
        await Postgres.Backup.RestoreAsync(server.ConnectionString(database), file, ct);
        await using (var source = server.DataSource(database, 2))
        {
            // The original's hosts hold these rows in memory, and send what it has to say to other groups; nobody here does.
            await using var ownerless = source.CreateCommand(
                "update bus.wolverine_incoming_envelopes set owner_id = 0 where owner_id <> 0; delete from bus.wolverine_outgoing_envelopes");
            await ownerless.ExecuteNonQueryAsync(ct);
        }

        var row = new PracticeRow(Guid.CreateVersion7(), slug, name ?? slug, [], "", database, null, "active", OutboundHeld: true, Demo: false, 1);
        await catalogue.AddAsync(row, ct);
        return await TakeUpAsync(row.Id, ct);
    }

    private string DatabaseName(string slug) => $"{options.Catalogue}_{slug.Replace('-', '_')}";

    private async Task<Practice> TakeUpAsync(Guid id, CancellationToken ct)
    {
        await practices.ReloadAsync(ct);
        var practice = practices.Find(id)!;
        return await practices.RefreshAsync(practice, ct) ? practice : throw new PracticeFaultException($"The practice {practice.Row.Slug} was made and cannot be opened. {practice.Fault!.Reason}");
    }

    /// <summary>A database with everything applied, one per set of installed migrations; made when first asked for.</summary>
    private async Task<string> TemplateAsync(CancellationToken ct)
    {
        var all = string.Join('\n', modules.Migrations.SelectMany(s => s.Migrations.Select(m => $"{s.Owner}/{m.Name}/{m.Checksum}")));
        var name = $"{options.Catalogue}_template_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..12]}";
        await using var connection = await catalogue.Database.OpenConnectionAsync(ct);
        await using var alone = await connection.BeginTransactionAsync(ct);
        await using (var wait = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 0))", connection) { CommandTimeout = 0, Parameters = { new() { Value = name } } })
        {
            await wait.ExecuteNonQueryAsync(ct);
        }

        if (!await server.HasDatabaseAsync(name, ct))
        {
            // It has its name when it is whole: a process may end at any moment, and practices are copied from whatever has the name.
            var making = $"{name}_making";
            await server.DropDatabaseAsync(making, ct);
            await server.CreateDatabaseAsync(making, null, ct);
            await using (var source = server.DataSource(making, 2))
            {
                var failed = await Migrator.ApplyAsync(source, modules.Migrations, ct);
                if (failed.TryGetValue(LoadedModule.CoreId, out var reason))
                {
                    throw new InvalidOperationException($"The template cannot be made: {reason.Message}");
                }
            }

            await server.RenameDatabaseAsync(making, name, ct);
        }

        return name;
    }

    private async Task FoundAsync(NpgsqlDataSource source, NewPractice wanted, CancellationToken ct)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new("insert into core.profile (id, name, zone) values ($1, $2, $3)")
        {
            Parameters = { new() { Value = Guid.CreateVersion7() }, new() { Value = wanted.Name }, new() { Value = wanted.Zone } },
        });
        batch.BatchCommands.Add(new("insert into core.legal_entities (id, main, name) values ($1, true, $2)")
        {
            Parameters = { new() { Value = Guid.CreateVersion7() }, new() { Value = wanted.Name } },
        });
        foreach (var location in wanted.Locations)
        {
            batch.BatchCommands.Add(new("insert into core.locations (id, name, zone) values ($1, $2, $3)")
            {
                Parameters = { new() { Value = location.Id }, new() { Value = location.Name }, new() { Value = location.Zone } },
            });
        }

        foreach (var module in modules.Running.Where(m => wanted.Modules?.Contains(m.Id) ?? true))
        {
            batch.BatchCommands.Add(new("insert into core.modules (module, state) values ($1, 'on')") { Parameters = { new() { Value = module.Id } } });
        }

        await batch.ExecuteNonQueryAsync(ct);
    }
}

/// <param name="Modules">Enabled from the start; null enables all that run. A new practice has nothing to fill.</param>
public sealed record NewPractice(
    string Slug,
    string Name,
    string Zone,
    string[] Hosts,
    IReadOnlyList<Modular.Sdk.Location> Locations,
    IReadOnlyCollection<string>? Modules = null,
    string BaseUrl = "",
    bool Demo = false,
    Guid? Id = null);
