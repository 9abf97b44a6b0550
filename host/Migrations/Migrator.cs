using Modular.Host.Logging;
using Modular.Host.Postgres;
using Npgsql;

namespace Modular.Host.Migrations;

/// <summary>
/// Brings one database to the installed migrations. One query tells that there is nothing to do;
/// each owner's migrations run in one transaction, so that a failing module leaves the others applied.
/// </summary>
public static class Migrator
{
    /// <summary>Every set that failed, by its owner.</summary>
    public static async Task<IReadOnlyDictionary<string, MigrationFailedException>> ApplyAsync(NpgsqlDataSource database, IEnumerable<MigrationSet> sets, CancellationToken ct)
    {
        var failed = new Dictionary<string, MigrationFailedException>();
        await using var connection = await database.OpenConnectionAsync(ct);
        var applied = await AppliedAsync(connection, ct);
        foreach (var set in sets)
        {
            if (set.Migrations.All(m => applied.GetValueOrDefault((set.Owner, m.Name)) == m.Checksum))
            {
                continue;
            }

            try
            {
                await ApplyAsync(connection, set, ct);
            }
            catch (MigrationFailedException e)
            {
                failed[set.Owner] = e;
            }
        }

        return failed;
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, MigrationSet set, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Two hosts starting together: the second waits here and then finds everything applied.
        await Run(connection, "select pg_advisory_xact_lock(hashtextextended('modular migrate', 0))", ct);
        await Run(connection, $"""
            create schema if not exists core;
            create schema if not exists "{set.Schema}";
            create table if not exists core.migrations (
                module text not null, name text not null, checksum text not null,
                applied_at timestamptz not null default now(), primary key (module, name))
            """, ct);
        var applied = await AppliedAsync(connection, ct);
        foreach (var migration in set.Migrations)
        {
            if (applied.TryGetValue((set.Owner, migration.Name), out var checksum))
            {
                if (checksum != migration.Checksum)
                {
                    throw new MigrationFailedException($"Migration {migration.Name} of {set.Owner} was changed after it was applied; add a new one instead.");
                }

                continue;
            }

            await Run(connection, $"set local search_path to \"{set.Schema}\", public", ct);
            await RunAsync(connection, migration, ct);
            await using var mark = new NpgsqlCommand("insert into core.migrations (module, name, checksum) values ($1, $2, $3)", connection)
            {
                Parameters = { new() { Value = set.Owner }, new() { Value = migration.Name }, new() { Value = migration.Checksum } },
            };
            await mark.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }

    /// <exception cref="MigrationFailedException">With the file and, where it can be told, the line.</exception>
    private static async Task RunAsync(NpgsqlConnection connection, Migration migration, CancellationToken ct)
    {
        await Run(connection, "savepoint migration", ct);
        try
        {
            await Run(connection, migration.Sql, ct);
        }
        catch (PostgresException e)
        {
            await Run(connection, "rollback to savepoint migration", ct);
            var line = await LineAsync(connection, migration.Sql, e, ct);
            throw new MigrationFailedException($"{migration.Name}.sql{(line is null ? "" : $", line {line}")}: {Failure.Sql(e)}", e);
        }
    }

    /// <summary>The script again, statement by statement, up to the one that fails: the server tells places within a statement only.</summary>
    private static async Task<int?> LineAsync(NpgsqlConnection connection, string sql, PostgresException failure, CancellationToken ct)
    {
        foreach (var (text, line) in SqlStatements.Of(sql))
        {
            try
            {
                await Run(connection, text, ct);
            }
            catch (PostgresException e)
            {
                return e.MessageText == failure.MessageText ? line + text[..Math.Max(0, e.Position - 1)].Count(c => c == '\n') : null;
            }
        }

        return null;
    }

    public static async Task<Dictionary<(string Owner, string Name), string>> AppliedAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var applied = new Dictionary<(string, string), string>();
        await using var exists = new NpgsqlCommand("select to_regclass('core.migrations') is not null", connection);
        if (await exists.ExecuteScalarAsync(ct) is not true)
        {
            return applied;
        }

        await using var command = new NpgsqlCommand("select module, name, checksum from core.migrations", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            applied[(reader.GetString(0), reader.GetString(1))] = reader.GetString(2);
        }

        return applied;
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>The message is for the modules page: it holds nothing of what a row held.</summary>
public sealed class MigrationFailedException(string sentence, Exception? inner = null) : Exception(sentence, inner);
