using Microsoft.EntityFrameworkCore;
using Modular.Billing.Encounters;
using Modular.Patients.Messages;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Billing.Charges;

/// <summary>A service without an appointment.</summary>
/// <param name="Key">Made with the form or the row: sent twice, it is one encounter.</param>
public sealed record NewService(
    Guid Key, string Source, KnownPatient Patient, Location Place, KnownStaffMember? Rendering, DateOnly From, DateOnly To, string What,
        string PlaceOfService, string? Facility = null,
    Guid? CaseId = null);

/// <summary>Makes encounters that no visit made.</summary>
public sealed class NewEncounter(BillingDb db, EncounterDefaults defaults, Actor actor, TimeProvider clock)
{
    /// <summary>Adds it inside the write of the caller; the one of the same key when it was made before.</summary>
    public async Task<(Encounter Encounter, bool Made)> AddAsync(IWrite write, NewService service, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(write);
        await write.LockAsync($"billing form {service.Key}", ct);
        if (await db.Encounters.FirstOrDefaultAsync(e => e.FormKey == service.Key, ct) is { } already)
        {
            return (already, false);
        }

        var encounter = new Encounter
        {
            LocationId = service.Place.Id, Zone = service.Place.Zone, PatientId = service.Patient.Id, PatientName = service.Patient.Name,
            FormKey = service.Key,
            Source = service.Source, ServiceFrom = service.From, ServiceTo = service.To, What = service.What, PlaceOfService = service.PlaceOfService,
            Facility = service.Facility, EntityId = await defaults.EntityAsync(service.Place.Id, ct), DueOn = Encounter.Due(service.To),
        };
        encounter.By(service.Rendering);
        encounter.Begin(service.CaseId, $"Added without a visit: {service.What}", clock.GetUtcNow(), actor.Name);
        db.Add(encounter);
        return (encounter, true);
    }
}
