using Microsoft.EntityFrameworkCore;
using Modular.Sdk;
using Npgsql;

namespace Modular.Billing.Codes;

/// <summary>Take over the next lines of a load. Sent again until there are none.</summary>
[Message("billing.continue-code-load.v1", OneHandler = true)]
public sealed record ContinueCodeLoad(Guid LoadId);

/// <summary>A step commits with the place it came to, so that a stop repeats nothing and loses nothing.</summary>
public sealed class ContinueCodeLoadHandler(BillingDb db, IProgress progress, TimeProvider clock)
{
    private const int Step = 20_000;

    public async Task<OutgoingMessage?> HandleAsync(ContinueCodeLoad message, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync($"code load {message.LoadId}", ct);
        if (await db.CodeLoads.FirstOrDefaultAsync(l => l.Id == message.LoadId && l.EndedAt == null, ct) is not { } load)
        {
            return null;
        }

        var table = CodeFiles.All[load.Kind].Table;
        if (await progress.IsCanceledAsync(load.Work, ct))
        {
            await EndAsync(load, table,
                $"Stopped after {load.Position:N0} of {load.Lines:N0} lines. What was taken over stays; nothing was ended. Load the file again to go on.", ct);
            load.Canceled = true;
        }
        else
        {
            await TakeAsync(load, table, ct);
        }

        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return load.EndedAt is null ? new(message, new(Bulk: true)) : null;
    }

    private async Task TakeAsync(CodeLoad load, DatedTable table, CancellationToken ct)
    {
        var last = Math.Min(load.Position + Step, load.Lines);
        object[] step = [load.Id, load.Position, last, load.EffectiveOn];
        int closed, changed;
        await using (var close = Command(table.Close, step))
        await using (var counts = await close.ExecuteReaderAsync(ct))
        {
            await counts.ReadAsync(ct);
            (closed, changed) = (counts.GetInt32(0), counts.GetInt32(1));
        }

        await using var begin = Command(table.Begin, step);
        load.Added += await begin.ExecuteNonQueryAsync(ct) - closed;
        load.Changed += closed + changed;
        if (load.Position is 0 or 5 * Step)
        {
            await using var analyze = Command(table.Analyze, []);
            await analyze.ExecuteNonQueryAsync(ct);
        }

        load.Position = last;
        await progress.ReportAsync(load.Work, last, ct);
        if (last == load.Lines)
        {
            await using var end = Command(table.End, [load.Id, load.EffectiveOn]);
            load.Ended = (int)(await end.ExecuteScalarAsync(ct))!;
            await EndAsync(load, table, $"{load.Added:N0} added, {load.Changed:N0} changed, {load.Ended:N0} ended.", ct);
        }
    }

    private async Task EndAsync(CodeLoad load, DatedTable table, string said, CancellationToken ct)
    {
        await using var clear = Command(table.Clear, [load.Id]);
        await clear.ExecuteNonQueryAsync(ct);
        load.EndedAt = clock.GetUtcNow();
        await progress.EndAsync(load.Work, said, ct: ct);
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, db.Work.Connection);
        command.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
        return command;
    }
}
