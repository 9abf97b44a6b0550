using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Audit;

/// <summary>
/// A heads file that went with its disk, written anew. What it can say then is no more than what the database says: that it was
/// written is an entry of the log, and what was sent elsewhere still contradicts a rewritten chain.
/// </summary>
public sealed class LostHeads(IServiceProvider services, SealedHeads heads)
{
    /// <returns>How many heads of this host there were.</returns>
    public async Task<int> WriteAsync(Practice practice, CancellationToken ct)
    {
        await using var scope = services.OpenScope(practice, Actor.System("heads"));
        var work = scope.ServiceProvider.GetRequiredService<Work>();
        await using var write = await work.BeginAsync(null, ct);
        await work.Connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('audit seal', 0))", [], ct);
        var own = (await Seals.AllAsync(work.Connection, ct))
            .Where(head => head.Seal!.Practice == practice.Id && head.Seal.Host == heads.Host).ToList();
        // What the file still has of the time before the chain had a key is nowhere else.
        await heads.WriteAsync(practice.Id, [.. heads.Read(practice.Id).TakeWhile(head => head.Seal is null), .. own], ct);
        scope.ServiceProvider.GetRequiredService<AuditTrail>()
            .Add(work, new(AuditTrail.Change, "core", $"wrote the heads file of this host anew, {own.Count} heads", "entries"));
        await write.CommitAsync(ct);
        return own.Count;
    }
}
