using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.PatientAccess;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Links;

/// <summary>Links as people of the practice see them: those of kinds, places and patients that are open to them.</summary>
public sealed class LinkDesk(LinkStore store, LinkBook book, ScopeContext scope, DataScope data, PatientDoor door, AuditTrail trail, Work work)
{
    public LinkKind? Kind(string? id) => id is not null && book.Find(scope.Practice, id) is { } kind && scope.Actor.Can(kind.Needs) ? kind : null;

    public async Task<(LinkRow Link, LinkKind Kind)?> OpenAsync(Guid id, CancellationToken ct) =>
        await store.FindAsync(id, ct) is { } link && Kind(link.Kind) is { } kind && Sees(link) ? (link, kind) : null;

    /// <summary>Whose token it is.</summary>
    public Task<LinkRow?> FindAsync(string? token, CancellationToken ct) => store.FindAsync(token, ct);

    /// <summary>All of one row, the newest first.</summary>
    public async Task<IReadOnlyList<LinkRow>> ListAsync(LinkKind kind, Guid subject, Guid? patient, CancellationToken ct) =>
        [.. (await store.ListAsync(kind.Id, subject, patient, ct)).Where(Sees)];

    public Task<Dictionary<Guid, (int Count, DateTimeOffset Last)>> OpenedAsync(IEnumerable<LinkRow> links, CancellationToken ct) =>
        store.OpenedAsync([.. links.Select(l => l.Id)], ct);

    /// <returns>False when it was used or revoked before.</returns>
    public async Task<bool> RevokeAsync(LinkRow link, LinkKind kind, CancellationToken ct)
    {
        await using var write = await work.BeginAsync(null, ct);
        if (!await store.RevokeAsync(link.Id, scope.Actor.Name, ct))
        {
            return false;
        }

        trail.Add(work, LinkWords.Note(AuditTrail.Change, link, kind, LinkWords.Revoked));
        await write.CommitAsync(ct);
        return true;
    }

    /// <summary>The view of somebody's link is a view of that patient.</summary>
    private bool Sees(LinkRow link) =>
        (link.LocationId is not { } place || data.Sees(place)) && (link.PatientId is not { } patient || door.Open(patient, "links"));
}
