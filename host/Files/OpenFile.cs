using Microsoft.AspNetCore.Mvc;
using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Files;

/// <summary>
/// A stored file, opened through the record that owns it: knowing the id is not enough. To whoever may not open it,
/// it looks the same as a file that is not there.
/// </summary>
public sealed class OpenFile(Work work, ScopeContext scope, IFiles files, IAccessLog accesses, IPatientAccess patients) : Slice
{
    [HttpGet("/files/{id:guid}")]
    [OpenTo(Audience.SignedIn, "The permission is the owning record's, checked inside.")]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct)
    {
        if (await OwnerAsync(id, ct) is not { } owner || await files.FindAsync(id, ct) is not { } file)
        {
            return NotFound();
        }

        if (owner.PatientId is { } patient && !patients.Open(patient, owner.What))
        {
            return NotFound();
        }

        if (owner.PatientId is null)
        {
            accesses.Opened(id, owner.What);
        }

        return FileAnswer.Of(Response, file, await files.OpenAsync(id, ct));
    }

    private async Task<FileOwner?> OwnerAsync(Guid id, CancellationToken ct)
    {
        var connection = await work.OpenAsync(ct);
        var owners = await connection.QueryAsync("select module, permission, patient_id, what, location_id from core.file_owners where file_id = $1 and not own_page_only order by permission",
            [id], r => (Module: r.GetString(0), Owner: new FileOwner(r.GetString(1), r.GuidOrNull(2), r.GetString(3), r.GuidOrNull(4))), ct);
        return owners.FirstOrDefault(o => scope.Practice.IsOn(o.Module) && Actor.Can(o.Owner.Permission)
            && (o.Owner.LocationId is not { } place || DataScope.Of(Actor).Sees(place))).Owner;
    }
}
