using System.Data;
using Modular.Host.Disk;
using Modular.Host.Migrations;
using Modular.Host.Postgres;
using Modular.Host.Start;
using Npgsql;

namespace Modular.Host.Practices;

/// <summary>The shared database: which practices there are, which hosts are alive, and one channel by which hosts tell each other.</summary>
public sealed class Catalogue(StartOptions options, DatabaseServer server) : IAsyncDisposable
{
    /// <summary>NOTIFY channel; the payload is "kind practice-id detail".</summary>
    public const string Channel = "modular";

    /// <summary>At most, of one host.</summary>
    public const int Connections = 8;

    private const string Columns = "id, slug, name, hosts, base_url, database_name, server, status, outbound_held, demo, gate_version, public_hosts";

    public NpgsqlDataSource Database { get; } = server.DataSource(options.Catalogue, maxPool: Connections);

    public Task<bool> ExistsAsync(CancellationToken ct) => server.HasDatabaseAsync(options.Catalogue, ct);

    public async Task CreateAsync(CancellationToken ct)
    {
        await server.CreateDatabaseAsync(options.Catalogue, template: null, ct);
        var set = MigrationSet.Read("catalogue", "public", Path.Combine(HostFolder.Path, "Migrations", "catalogue"));
        var failed = await Migrator.ApplyAsync(Database, [set], ct);
        if (failed.TryGetValue("catalogue", out var reason))
        {
            throw new InvalidOperationException($"The catalogue database cannot be upgraded: {reason.Message}");
        }
    }

    public async Task<IReadOnlyList<PracticeRow>> PracticesAsync(CancellationToken ct)
    {
        await using var command = Database.CreateCommand($"select {Columns} from practices order by created_at, slug");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<PracticeRow>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new(
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<string[]>(3), reader.GetString(4),
                reader.GetString(5), reader.IsDBNull(6) ? null : reader.GetString(6), reader.GetString(7), reader.GetBoolean(8),
                reader.GetBoolean(9), reader.GetInt32(10))
            {
                PublicHosts = reader.GetFieldValue<string[]>(11),
            });
        }

        return rows;
    }

    public async Task AddAsync(PracticeRow row, CancellationToken ct)
    {
        await using var command = Database.CreateCommand($"insert into practices ({Columns}) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)");
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = row.Id }, new() { Value = row.Slug }, new() { Value = row.Name }, new() { Value = row.Hosts },
            new() { Value = row.BaseUrl }, new() { Value = row.DatabaseName }, new() { Value = (object?)row.Server ?? DBNull.Value },
            new() { Value = row.Status }, new() { Value = row.OutboundHeld }, new() { Value = row.Demo }, new() { Value = row.GateVersion },
                new() { Value = row.PublicHosts },
        });
        await command.ExecuteNonQueryAsync(ct);
        await NotifyAsync("practice", row.Id, "", ct);
    }

    /// <summary>Every host takes up the practice's state anew. Returns the new gate version.</summary>
    public async Task<int> RaiseGateAsync(Guid practice, CancellationToken ct)
    {
        await using var command = Database.CreateCommand("update practices set gate_version = gate_version + 1 where id = $1 returning gate_version");
        command.Parameters.Add(new() { Value = practice });
        var version = (int)(await command.ExecuteScalarAsync(ct))!;
        await NotifyAsync("practice", practice, "", ct);
        return version;
    }

    /// <summary>Changes what people read; the practice's own profile follows.</summary>
    public async Task RenameAsync(Practice practice, string name, CancellationToken ct)
    {
        await ExecuteAsync("update practices set name = $2, gate_version = gate_version + 1 where id = $1", practice.Id, name, ct);
        await using var profile = practice.Database.CreateCommand("update core.profile set name = $1, version = version + 1");
        profile.Parameters.Add(new() { Value = name });
        await profile.ExecuteNonQueryAsync(ct);
        await NotifyAsync("practice", practice.Id, "", ct);
    }

    /// <summary>The name is the profile's. The catalogue repeats it, for lists that open no practice.</summary>
    public Task FollowNameAsync(Practice practice, CancellationToken ct) => practice.Name == practice.Row.Name ? Task.CompletedTask
        : ExecuteAsync("update practices set name = $2 where id = $1", practice.Id, practice.Name, ct);

    /// <summary>Where the practice answers and where its database is. The caller has checked that no other practice has the host names.</summary>
    public async Task ReaddressAsync(Practice practice, string[] hosts, string[] publicHosts, string baseUrl, string? databaseServer, CancellationToken ct)
    {
        await using var command = Database.CreateCommand(
            "update practices set hosts = $2, base_url = $3, server = $4, public_hosts = $5, gate_version = gate_version + 1 where id = $1");
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = practice.Id }, new() { Value = hosts }, new() { Value = baseUrl }, new() { Value = (object?)databaseServer ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
            new() { Value = publicHosts },
        });
        await command.ExecuteNonQueryAsync(ct);
        await NotifyAsync("practice", practice.Id, "", ct);
    }

    /// <param name="status">active or suspended.</param>
    public async Task SetStatusAsync(Practice practice, string status, CancellationToken ct)
    {
        await ExecuteAsync("update practices set status = $2, gate_version = gate_version + 1 where id = $1", practice.Id, status, ct);
        await NotifyAsync("practice", practice.Id, "", ct);
    }

    /// <summary>A restored copy may speak to the outside again.</summary>
    public async Task ReleaseOutboundAsync(Practice practice, CancellationToken ct)
    {
        await ExecuteAsync("update practices set outbound_held = false, gate_version = gate_version + 1 where id = $1 and slug = $2", practice.Id, practice.Row.Slug, ct);
        await NotifyAsync("practice", practice.Id, "", ct);
    }

    /// <summary>Forgets the practice; its database is the caller's to drop.</summary>
    public async Task RemoveAsync(Practice practice, CancellationToken ct)
    {
        await ExecuteAsync("delete from practices where id = $1 and slug = $2", practice.Id, practice.Row.Slug, ct);
        await NotifyAsync("practice", practice.Id, "", ct);
    }

    private async Task ExecuteAsync(string sql, Guid practice, string value, CancellationToken ct)
    {
        await using var command = Database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = practice });
        command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task NotifyAsync(string kind, Guid practice, string detail, CancellationToken ct)
    {
        await using var command = Database.CreateCommand("select pg_notify($1, $2)");
        command.Parameters.Add(new() { Value = Channel });
        command.Parameters.Add(new() { Value = $"{kind} {practice:N} {detail}" });
        await command.ExecuteNonQueryAsync(ct);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
