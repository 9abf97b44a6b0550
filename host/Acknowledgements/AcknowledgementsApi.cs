using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Acknowledgements;

/// <summary>Whether a person signed a version of a document.</summary>
public sealed record AcknowledgementBody(
    string Kind, string Key, string Name, Guid Person,
    [property: Description("The version that was asked about; the newest one when none was.")] int Version,
    [property: Description("Signed, this version itself or the one that it only corrects.")] bool Acknowledged,
    [property: Description("The version that was on the screen when it was signed.")] int? SignedVersion, DateTimeOffset? SignedAt,
    [property: Description("The certificate of the signature.")] Guid? Signature,
    [property: Description("The last day for it, while the person is asked and has not signed.")] DateOnly? DueOn,
    [property: Description("The document was withdrawn; nobody is asked any more.")] bool Withdrawn);

/// <summary>For programs that let people do what takes a signed document: a badge, an order, a course.</summary>
[Needs(DocumentKinds.Manage)]
public sealed class AcknowledgementsApi(AcknowledgementsDb db, PeopleDb people, DocumentKinds kinds, IAccessLog log) : ApiSlice
{
    [HttpGet("/api/acknowledgements/{kind}/{person:guid}")]
    [Description("Whether a person has read and signed a version of a document.")]
    [ProducesResponseType<AcknowledgementBody>(200), ProducesResponseType(404), ProducesResponseType(422)]
    public async Task<IActionResult> Get(
        string kind, Guid person, [Description("What the document is for its module; of a policy its id.")] string? key,
        [Description("A number of a version; the newest one when left out.")] int? version, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(key))
        {
            return Invalid("key", "Say which document: its key is missing.");
        }

        if (kinds.Find(kind) is not { } known || !Actor.Can(known.Permission)
            || await db.Documents.AsNoTracking().FirstOrDefaultAsync(d => d.Kind == kind && d.Key == key && d.Current > 0, ct) is not { } document)
        {
            return Missing("There is no such document here.");
        }

        if (!await people.People.AnyAsync(p => p.Id == person, ct))
        {
            return Missing("There is nobody with this id.");
        }

        var number = version ?? document.Current;
        if (number < 1 || number > document.Current)
        {
            return Invalid("version", $"The newest version is {document.Current}.");
        }

        // A small correction is signed with the version that it corrects.
        var asked = await db.Versions.Where(v => v.DocumentId == document.Id && v.Number <= number && !v.Small).MaxAsync(v => v.Number, ct);
        var row = await db.Acknowledgements.AsNoTracking()
            .FirstOrDefaultAsync(a => a.DocumentId == document.Id && a.PersonId == person && a.Number == asked, ct);
        log.Opened(row?.Id ?? document.Id, "acknowledgement, to a program");
        return Ok(new AcknowledgementBody(kind, key, document.Name, person, number, row is { State: AcknowledgementState.Signed },
            row?.SignedNumber, row?.SignedAt, row?.SignatureId,
            row is { State: AcknowledgementState.Waiting } ? row.DueOn : null, document.WithdrawnAt is not null));
    }
}
