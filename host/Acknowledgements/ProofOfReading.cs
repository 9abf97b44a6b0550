using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Acknowledgements;

/// <summary>On paper: who was asked to read a document, and who signed which version when.</summary>
[Needs(DocumentKinds.Manage)]
public sealed class ProofOfReading(AcknowledgementsDb db, DocumentKinds kinds, IAccessLog log, IPractice practice) : Slice
{
    public sealed record Model(
        ReadingDocument Document, IReadOnlyList<ReadingVersion> Versions, IReadOnlyList<Acknowledgement> Asked, string Zone, DateTimeOffset Now);

    [HttpGet("/acknowledgements/proof/{id:guid}")]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct)
    {
        string[] of = [.. kinds.Managed.Keys];
        if (await db.Documents.AsNoTracking().FirstOrDefaultAsync(d => d.Id == id && of.Contains(d.Kind), ct) is not { } document)
        {
            return NotFound();
        }

        log.Opened(id, "proof of reading");
        return Page(new Model(document,
            await db.Versions.AsNoTracking().Where(v => v.DocumentId == id).OrderByDescending(v => v.Number).ToListAsync(ct),
            await db.Acknowledgements.AsNoTracking()
                .Where(a => a.DocumentId == id && (a.State == AcknowledgementState.Signed || a.State == AcknowledgementState.Waiting))
                .OrderByDescending(a => a.Number).ThenBy(a => a.Person).ThenBy(a => a.Id).ToListAsync(ct),
            practice.Zone, Clock.GetUtcNow()));
    }
}
