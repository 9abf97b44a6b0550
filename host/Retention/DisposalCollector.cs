using Modular.Host.Data;
using Modular.Host.Postgres;
using Npgsql;

namespace Modular.Host.Retention;

/// <summary>Finds the records of one kind whose time is over and which nothing holds, in one statement.</summary>
public sealed class DisposalCollector(RetentionClasses classes, Work work)
{
    public async Task CollectAsync(DisposalRun run, DisposalKind kind, CancellationToken ct)
    {
        if (classes.Find(kind.Kind) is not { } known || !await RetentionLook.IsThereAsync(work.Connection, known, ct))
        {
            kind.Fault = "The module is not installed any more, or never ran here.";
            return;
        }

        await work.Connection.ExecuteAsync("savepoint collect", [], ct);
        try
        {
            kind.Held = (await work.Connection.QueryAsync($"""
                with over as (select * from {known.Rows(few: kind.One is not null)} y where kept_until < $1 and ($2::uuid is null or id = $2)),
                taken as (
                    insert into core.disposal_items (run_id, number, kind, record_id, label, starts_on, kept_until)
                    select $3,
                        (select coalesce(max(number), 0) from core.disposal_items where run_id = $3) + row_number() over (order by kept_until, id),
                        $4, id, label, starts_on, kept_until
                    from over where not held)
                select count(*)::int from over where held
                """, [run.JudgedOn, Sql.Uuid(kind.One), run.Id, kind.Kind], r => r.GetInt32(0), ct))[0];
        }
        // A wrong declaration of one module does not keep the others from their run.
        catch (PostgresException e)
        {
            await work.Connection.ExecuteAsync("rollback to savepoint collect", [], ct);
            kind.Fault = $"Its records could not be looked through ({e.SqlState}); whoever made the module has to mend its declaration.";
        }
    }
}
