using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Sdk;

namespace Modular.Host.MailMerge;

/// <summary>Asks for a look at letters that nobody needs any more.</summary>
[Message("core.prune-mail-merges.v1", OneHandler = true)]
public sealed record PruneMailMerges;

/// <summary>Deletes letters that were written together a week ago: they are on paper by now, and the records they came from are kept.</summary>
public sealed class PruneMailMergesHandler(Work work, IFiles files, TimeProvider clock)
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(7);

    public async Task HandleAsync(PruneMailMerges message, CancellationToken ct)
    {
        await using var write = await work.BeginAsync(null, ct);
        var gone = await work.Connection.QueryAsync("delete from core.mail_merges where started_at < $1 returning file_id",
            [clock.GetUtcNow() - Keep], r => r.GuidOrNull(0), ct);
        foreach (var file in gone.OfType<Guid>())
        {
            await files.RemoveAsync(file, ct);
        }

        await write.CommitAsync(ct);
    }
}
