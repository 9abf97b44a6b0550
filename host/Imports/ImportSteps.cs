using System.Text.Json;
using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Sdk;

namespace Modular.Host.Imports;

/// <summary>What a person decides about an import. Each decision and the message that carries it out commit together.</summary>
public sealed class ImportSteps(Work work, IMessageBus bus, AuditTrail trail, TimeProvider clock)
{
    /// <summary>Sets the columns and checks every row without changing anything.</summary>
    public async Task<bool> CheckAsync(Import import, Dictionary<string, int> mapping, CancellationToken ct)
    {
        await using var write = await work.BeginAsync(null, ct);
        var json = JsonSerializer.Serialize(mapping);
        await work.Connection.ExecuteAsync("""
            insert into core.import_mappings (kind, headings, mapping) values ($1, $2, $3::jsonb)
            on conflict (kind, headings) do update set mapping = excluded.mapping
            """, [import.Kind, import.Headings, json], ct);
        var changed = await work.Connection.ExecuteAsync("update core.imports set mapping = $2::jsonb where id = $1 and state in ('uploaded', 'checked')", [import.Id, json], ct);
        await work.Connection.ExecuteAsync("update core.import_rows set outcome = null, errors = null where import_id = $1 and outcome is not null", [import.Id], ct);
        return changed == 1 && await MoveAsync(write, import, Import.Checking, [Import.Uploaded, Import.Checked], reset: true, ct);
    }

    /// <summary>Takes the rows in, or goes on after a cancel.</summary>
    public async Task<bool> RunAsync(Import import, CancellationToken ct)
    {
        await using var write = await work.BeginAsync(null, ct);
        trail.Add(work, new(AuditTrail.Change, import.Kind.Split('.')[0], $"import of {import.Total} rows started", "imports", import.Id,
            Reason: $"file sha256 {import.Sha256}"));
        return import.State == Import.Canceled
            ? await MoveAsync(write, import, Import.Importing, [Import.Canceled], reset: false, ct)
            : await MoveAsync(write, import, Import.Importing, [Import.Checked], reset: true, ct);
    }

    public async Task<bool> CancelAsync(Import import, CancellationToken ct)
    {
        await using var write = await work.BeginAsync(null, ct);
        var changed = await work.Connection.ExecuteAsync("""
            update core.imports set state = case state when 'checking' then 'uploaded' else 'canceled' end, step_at = $2
            where id = $1 and state in ('checking', 'importing')
            """, [import.Id, clock.GetUtcNow()], ct);
        await write.CommitAsync(ct);
        return changed == 1;
    }

    /// <summary>Takes everything back that nobody touched since.</summary>
    public async Task<bool> UndoAsync(Import import, CancellationToken ct)
    {
        await using var write = await work.BeginAsync(null, ct);
        trail.Add(work, new(AuditTrail.Change, import.Kind.Split('.')[0], "import taken back", "imports", import.Id, Reason: $"file sha256 {import.Sha256}"));
        return await MoveAsync(write, import, Import.Undoing, [Import.Done, Import.Canceled], reset: false, ct);
    }

    private async Task<bool> MoveAsync(IWrite write, Import import, string to, string[] from, bool reset, CancellationToken ct)
    {
        var sql = reset
            ? "update core.imports set state = $2, step_at = $4, position = 0, created = 0, updated = 0, unchanged = 0, refused = 0 where id = $1 and state = any($3)"
            : "update core.imports set state = $2, step_at = $4 where id = $1 and state = any($3)";
        if (await work.Connection.ExecuteAsync(sql, [import.Id, to, from, clock.GetUtcNow()], ct) == 0)
        {
            return false;
        }

        await bus.SendAsync(new ContinueImport(import.Id), new(Bulk: true));
        await write.CommitAsync(ct);
        return true;
    }
}
