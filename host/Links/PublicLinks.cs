using Modular.Host.Audit;
using Modular.Host.Callers;
using Modular.Host.Data;
using Modular.Host.Practices;
using Modular.Host.SignedIn;
using Modular.Sdk;

namespace Modular.Host.Links;

/// <summary>Makes links for modules, and takes the one that opened the present page.</summary>
public sealed class PublicLinks(
    LinkStore store, LinkBook book, ScopeContext scope, CurrentSession current, Sessions sessions,
        IHttpContextAccessor http, AuditTrail trail, Work work, TimeProvider clock)
    : IPublicLinks
{
    /// <summary>Long enough to read what is signed.</summary>
    private static readonly TimeSpan InHand = TimeSpan.FromMinutes(30);

    public Task<MadeLink> MakeAsync(NewLink link, CancellationToken ct = default) => MakeAsync(link, false, ct);

    public async Task<string> HandOverAsync(NewLink link, CancellationToken ct = default)
    {
        var session = current.Required;
        var made = await MakeAsync(link, true, ct);
        await sessions.LockAsync(scope.Practice, session.Id, ct);
        return LinkAddress.On(scope.Practice, http.HttpContext!.Request) + $"{book.Find(scope.Practice, link.Kind)!.Path}/{made.Token}";
    }

    private async Task<MadeLink> MakeAsync(NewLink link, bool handedOver, CancellationToken ct)
    {
        var kind = book.Find(scope.Practice, link.Kind)
            ?? throw new ArgumentException($"No module that is on declares links of the kind {link.Kind}.", nameof(link));
        if (!scope.Actor.Can(kind.Needs))
        {
            throw new UnauthorizedAccessException($"Whoever makes a link of the kind {kind.Id} needs {kind.Needs}.");
        }

        var (days, language, now) = (link.Days ?? kind.Days, link.Language ?? PatientTexts.Languages[0], clock.GetUtcNow());
        if (link.Recipient.Length is 0 or > 120 || days is < 1 or > 365 || !PatientTexts.Languages.Contains(language))
        {
            throw new ArgumentException("A link has a recipient of 1 to 120 letters, lasts 1 to 365 days, and is in a language of PatientTexts.", nameof(link));
        }

        var (id, token) = (Guid.CreateVersion7(), LinkRow.NewToken());
        var row = new LinkRow(
            id, kind.Id, link.SubjectId, link.PatientId, link.LocationId, link.Recipient, language,
                link.BirthDate is { } born ? LinkRow.DigestOf(id, born) : null, 0,
            handedOver, now, scope.Actor.Name, handedOver ? now + InHand : now.AddDays(days), null, null, null);
        await using var write = await work.BeginAsync(null, ct);
        await store.AddAsync(row, LinkRow.DigestOf(scope.Practice, token)!, ct);
        trail.Add(work, LinkWords.Note(AuditTrail.Change, row, kind, LinkWords.Made));
        await write.CommitAsync(ct);
        return new(id, token);
    }

    public async Task<bool> UseAsync(CancellationToken ct = default)
    {
        var opened = scope.Visit?.Link ?? throw new InvalidOperationException("No link opened this page.");
        await using var write = await work.BeginAsync(null, ct);
        if (!await store.UseAsync(opened.Id, ct))
        {
            return false;
        }

        var (row, kind) = ((await store.FindAsync(opened.Id, ct))!, book.Find(scope.Practice, opened.Kind)!);
        trail.Add(work, LinkWords.Note(AuditTrail.Change, row, kind, LinkWords.Used));
        await write.CommitAsync(ct);
        return true;
    }
}
