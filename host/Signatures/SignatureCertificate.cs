using Microsoft.AspNetCore.Mvc;
using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Signatures;

/// <summary>What was signed, by whom, how, and whether the record is as it was. Staff sign it off after proving who they are.</summary>
public sealed class SignatureCertificate(SignatureStore store, ScopeContext scope, IPatientAccess patients,
    IAccessLog log, AuditTrail trail, Work work) : Slice
{
    private const string Reason = "The permission is the signing module's, checked inside.";

    public sealed record Model(SignatureRow Signature, bool Intact, IReadOnlyList<(string Name, DateTimeOffset At)> SignOffs,
        string Zone, bool MaySignOff);

    [HttpGet("/signatures/{id:guid}")]
    [OpenTo(Audience.SignedIn, Reason)]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct)
    {
        if (await OpenAsync(id, ct) is not var (row, intact))
        {
            return NotFound();
        }

        var offs = await store.SignOffsAsync(id, ct);
        return Page(new Model(row, intact, offs, scope.Practice.Zone, row.SignerId != Actor.PersonId && offs.TrueForAll(o => o.Name != Actor.Name)));
    }

    [HttpPost("/signatures/{id:guid}/sign-off")]
    [OpenTo(Audience.SignedIn, Reason), StepUp]
    public async Task<IActionResult> SignOff(Guid id, CancellationToken ct)
    {
        if (await OpenAsync(id, ct) is not var (row, intact))
        {
            return NotFound();
        }

        if (row.SignerId == Actor.PersonId)
        {
            return Done($"/signatures/{id}", "You signed this yourself, so somebody else signs it off.");
        }

        if (!intact)
        {
            return Done($"/signatures/{id}", "This record was changed after it was signed; it cannot be signed off.");
        }

        await using var write = await work.BeginAsync(null, ct);
        if (await store.SignOffAsync(id, Actor.PersonId!.Value, Actor.Name, Clock.GetUtcNow(), ct))
        {
            trail.Add(work, new(
                AuditTrail.Change, row.Permission.Split('.')[0], "signed off a signature", "signatures", id,
                    row.PatientId is { } patient ? [patient] : null, row.Title));
        }

        await write.CommitAsync(ct);
        return Done($"/signatures/{id}", $"Signed off by {Actor.Name}.");
    }

    /// <summary>To whoever may not see it, it is not there.</summary>
    private async Task<(SignatureRow Row, bool Intact)?> OpenAsync(Guid id, CancellationToken ct)
    {
        if (await store.FindAsync(id, ct) is not var (row, intact) || !scope.Practice.IsOn(row.Permission.Split('.')[0])
            || !(Actor.Can(row.Permission) || row.SignerId == Actor.PersonId)
            || (row.LocationId is { } place && !DataScope.Of(Actor).Sees(place))
                || (row.PatientId is { } patient && !patients.Open(patient, "signature")))
        {
            return null;
        }

        if (row.PatientId is null)
        {
            log.Opened(id, "signature");
        }

        return (row, intact);
    }
}
