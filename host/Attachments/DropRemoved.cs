using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Host.Records;
using Modular.Sdk;

namespace Modular.Host.Attachments;

/// <summary>Asks for a look at files that were removed from their records.</summary>
[Message("core.drop-removed-attachments.v1", OneHandler = true)]
public sealed record DropRemoved;

/// <summary>Deletes for good what was removed so long ago that it can no longer be put back; of a module that is off, when it is on again.</summary>
public sealed class DropRemovedHandler(Work work, RecordKinds records, TimeProvider clock)
{
    public async Task HandleAsync(DropRemoved message, CancellationToken ct)
    {
        await using var write = await work.BeginAsync(null, ct);
        foreach (var kind in records.All.Where(k => k.Attachments is not null))
        {
            await work.Connection.ExecuteAsync(
                "select core.drop_attachments(array(select id from core.attachments where kind = $1 and removed_at < $2))",
                [kind.Id, clock.GetUtcNow().AddDays(-kind.Attachments!.KeepRemovedDays)], ct);
        }

        await write.CommitAsync(ct);
    }
}
