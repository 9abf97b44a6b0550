using System.Text.Json;
using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Imports;

/// <summary>
/// One batch of an import at a time. The rows, what they became and the position commit together, so that a crash repeats
/// nothing and loses nothing; when a batch fails, its rows go one by one and only the faulty one is refused.
/// </summary>
public sealed class ImportRunner(IServiceProvider services)
{
    public const int BatchSize = 2000;

    /// <returns>True when there is more to do.</returns>
    public async Task<bool> StepAsync(Practice practice, Guid import, CancellationToken ct)
    {
        try
        {
            return await BatchAsync(practice, import, BatchSize, null, ct);
        }
        catch (Exception e) when (!IsOutage(e) && !ct.IsCancellationRequested)
        {
            return await OneByOneAsync(practice, import, ct);
        }
    }

    private async Task<bool> OneByOneAsync(Practice practice, Guid import, CancellationToken ct)
    {
        var more = true;
        for (var i = 0; more && i < BatchSize; i++)
        {
            try
            {
                more = await BatchAsync(practice, import, 1, null, ct);
            }
            catch (Exception e) when (!IsOutage(e) && !ct.IsCancellationRequested)
            {
                more = await BatchAsync(practice, import, 1, Sentence(e), ct);
            }
        }

        return more;
    }

    /// <param name="fault">Refuses the rows with this sentence instead of applying them.</param>
    private async Task<bool> BatchAsync(Practice practice, Guid id, int size, string? fault, CancellationToken ct)
    {
        // As the module, like every handler: whoever started it was asked for the permission then.
        await using var scope = services.OpenScope(practice, Actor.System("import"));
        var work = scope.ServiceProvider.GetRequiredService<Work>();
        scope.ServiceProvider.GetRequiredService<AuditTrail>().Quiet = true;
        await using var write = await work.BeginAsync(null, ct);
        if (await Import.FindAsync(work.Connection, id, forUpdate: true, ct) is not { Runs: true } import
            || scope.ServiceProvider.GetRequiredService<ImportKinds>().Find(import.Kind) is not { } kind)
        {
            return false;
        }

        var done = import.State == Import.Undoing
            ? await new ImportBatch(work.Connection, kind, import).UndoAsync(size, fault, ct)
            : await new ImportBatch(work.Connection, kind, import).ApplyAsync(size, fault, ct);
        var more = import.State == Import.Undoing ? done == size : done > 0 && import.Position + done < import.Total;
        if (!more)
        {
            await work.Connection.ExecuteAsync("update core.imports set state = $2, step_at = $3 where id = $1",
                [id, import.State switch { Import.Checking => Import.Checked, Import.Undoing => Import.Undo, _ => Import.Done },
                    scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow()], ct);
        }

        if (done == BatchSize && import.Position is 0 or BatchSize * 10)
        {
            await AnalyzeAsync(work.Connection, import.Kind, ct);
        }

        await write.CommitAsync(ct);
        return more;
    }

    /// <summary>
    /// To the planner a table that was empty a minute ago still is: each batch would read all rows of those before it
    /// (200,000 patients: minutes). Autovacuum looks once a minute, which is later than most imports end.
    /// </summary>
    private static async Task AnalyzeAsync(NpgsqlConnection connection, string kind, CancellationToken ct)
    {
        var tables = await connection.QueryAsync("""
            select format('%I.%I', schemaname, relname) from pg_stat_user_tables
            where schemaname = $1 or schemaname = 'core' and relname in ('search', 'tasks', 'import_rows') or schemaname = 'bus' and relname = 'inbox'
            """, [kind.Split('.')[0]], r => r.GetString(0), ct);
        await connection.ExecuteAsync($"analyze {string.Join(", ", tables)}", [], ct);
    }

    /// <summary>No connection, no disk: not the row's fault, the message is tried again.</summary>
    private static bool IsOutage(Exception e) => e is NpgsqlException and not PostgresException || (e.InnerException is { } inner && IsOutage(inner));

    /// <summary>Never the exception's own text, which may hold what the row holds.</summary>
    private static string Sentence(Exception e) => Postgres(e) switch
    {
        { SqlState: PostgresErrorCodes.UniqueViolation } p => $"Another row has the same value ({p.ConstraintName}).",
        { SqlState: PostgresErrorCodes.CheckViolation or PostgresErrorCodes.NotNullViolation } p => $"A value is not allowed ({p.ConstraintName ?? p.ColumnName}).",
        { SqlState: PostgresErrorCodes.ForeignKeyViolation } p => $"It is still in use ({p.ConstraintName}).",
        { } p => $"The database refused it ({p.SqlState}).",
        null => $"It could not be taken ({e.GetType().Name}).",
    };

    private static PostgresException? Postgres(Exception? e) => e is null or PostgresException ? e as PostgresException : Postgres(e.InnerException);
}
