using Microsoft.EntityFrameworkCore;
using Modular.Billing.Charges;
using Modular.Billing.Encounters;
using Modular.Billing.Superbill;
using Modular.Patients.Messages;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Billing.Inbox;

/// <summary>What a person decides about a charge that could not be taken by itself.</summary>
/// <param name="Anyway">Charges of that day are there already, and this is another.</param>
public sealed record OutsideChoice(Guid? PatientId, Guid? ProviderId, bool Anyway);

/// <summary>
/// Takes charges of other programs: kept as they came, once by sender, id and content, then put into the encounter they belong to. What cannot be
/// put there waits with the reason; nothing is lost.
/// </summary>
public sealed class ChargeInbox(BillingDb db, SuperbillReader reader, EncounterDesk desk, NewEncounter encounters, IPractice practice, DataScope scope,
    Actor actor, TimeProvider clock)
{
    /// <summary>Keeps it, inside the write of the caller.</summary>
    /// <returns>The row, and whether it came for the first time.</returns>
    public async Task<(OutsideCharge Row, bool IsNew)> ReceiveAsync(IWrite write, string way, string sender, string outsideId, Guid? location,
        OutsideContent content, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(content);
        var digest = content.Digest();
        await write.LockAsync($"billing inbox {sender} {outsideId}", ct);
        if (await db.OutsideCharges.Include(c => c.History).FirstOrDefaultAsync(c => c.Sender == sender && c.OutsideId == outsideId
            && c.Digest == digest, ct) is { } already)
        {
            return (already, false);
        }

        var place = practice.Locations.FirstOrDefault(l => l.Id == location) ?? practice.Locations.First(l => l.Active && scope.Sees(l.Id));
        var row = new OutsideCharge
        {
            LocationId = place.Id, Zone = place.Zone, Way = way, Sender = sender, OutsideId = outsideId, Digest = digest, Content = content.ToJson(),
            ReceivedAt = clock.GetUtcNow(), Patient = content.Patient, ServiceOn = content.From,
        };
        db.Add(row);
        await db.SaveChangesAsync(ct);
        return (row, true);
    }

    /// <summary>Puts it into its encounter, or says why not and lets it wait. One that is taken or dismissed stays as it is.</summary>
    public async Task MatchAsync(Guid id, OutsideChoice? choice, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync($"billing inbox {id}", ct);
        db.ChangeTracker.Clear();
        var row = await db.OutsideCharges.Include(c => c.History).FirstOrDefaultAsync(c => c.Id == id, ct);
        if (row is null || row.State != OutsideState.Waiting)
        {
            return;
        }

        var (reason, patient) = await TakeAsync(write, row, choice, ct);
        if (reason is not null)
        {
            db.ChangeTracker.Clear();
            row = await db.OutsideCharges.Include(c => c.History).FirstAsync(c => c.Id == id, ct);
            row.Wait(reason, patient?.Id, clock.GetUtcNow(), actor.Name);
            await db.SaveChangesAsync(ct);
        }

        await write.CommitAsync(ct);
    }

    private async Task<(string? Reason, KnownPatient? Patient)> TakeAsync(IWrite write, OutsideCharge row, OutsideChoice? choice,
        CancellationToken ct)
    {
        var content = OutsideContent.FromJson(row.Content);
        var (patient, who) = await PatientAsync(content, choice?.PatientId, ct);
        if (patient is null)
        {
            return (who, null);
        }

        var provider = choice?.ProviderId is { } chosen ? await db.Providers.AsNoTracking().FirstOrDefaultAsync(p => p.Id == chosen, ct)
            : content.ProviderNpi is null ? null : await db.Providers.AsNoTracking().FirstOrDefaultAsync(p => p.Npi == content.ProviderNpi, ct);
        if (provider is null)
        {
            return ($"No provider of the practice has the NPI {content.ProviderNpi ?? "(none was sent)"}.", patient);
        }

        if (choice?.Anyway != true && await db.OutsideCharges.AnyAsync(c => c.Sender == row.Sender && c.OutsideId == row.OutsideId && c.Id != row.Id
            && c.State != OutsideState.Dismissed, ct))
        {
            return ("The sender sent this charge before with other content. Compare the two.", patient);
        }

        if (content.From > WallTime.Today(clock, row.Zone) || content.To < content.From)
        {
            return ("Its day has not come, or its last day is before its first.", patient);
        }

        var (encounter, there) = await EncounterAsync(write, row, content, patient, provider, choice?.Anyway == true, ct);
        return encounter is null ? (there, patient) : (await EnterAsync(row, encounter, content, provider, ct), patient);
    }

    /// <summary>By the practice's number, and then birth date and last name must not say otherwise: a number typed wrongly is somebody
    /// else's.</summary>
    private async Task<(KnownPatient? Patient, string? Why)> PatientAsync(OutsideContent content, Guid? chosen, CancellationToken ct)
    {
        if (chosen is { } id)
        {
            return (await db.Patients.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id && p.Active, ct),
                "The chosen patient is not known here yet.");
        }

        var number = content.PatientNumber;
        var found = number is null ? null : await db.Patients.AsNoTracking().FirstOrDefaultAsync(p => p.RecordNumber == number && p.Active, ct);
        return found is null ? (null, number is null ? "No record number was sent." : $"No patient has the record number {number}.")
            : content.BirthDate is null ? (null, "No birth date was sent, so the record number cannot be checked.")
            : content.BirthDate != found.BirthDate ? (null, $"The patient with the record number {number} has another birth date.")
            : content.LastName is { } last && !found.Name.Split(',')[0].Equals(last, StringComparison.OrdinalIgnoreCase) ? (null,
                $"The patient with the record number {number} has another last name.")
            : (found, null);
    }

    /// <summary>The kept visit that waits for charges of this provider on that day; else a new encounter, unless charges are there already.</summary>
    private async Task<(Encounter? Encounter, string? Why)> EncounterAsync(
        IWrite write, OutsideCharge row, OutsideContent content, KnownPatient patient, KnownStaffMember provider, bool anyway, CancellationToken ct)
    {
        var sameDay = await db.Encounters.Where(e => e.PatientId == patient.Id && e.RenderingId == provider.Id && e.ServiceFrom == content.From
            && e.State != EncounterState.Void).ToListAsync(ct);
        if (sameDay.Where(e => e is { State: EncounterState.Open, VisitId: not null }).ToList() is [var visit])
        {
            return (await desk.OpenAsync(visit.Id, ct), null);
        }

        if (sameDay.Count > 0 && !anyway)
        {
            return (null, $"{provider.Name} has charges or visits of this patient on that day already. Compare, then take it as another or dismiss it.");
        }

        var place = practice.Locations.FirstOrDefault(l => l.Id == row.LocationId) ?? practice.Locations[0];
        var what = Reading.Clean(content.What) ?? "Charge from outside";
        var (made, _) = await encounters.AddAsync(write, new(row.Id, row.Way, patient, place, provider, content.From, content.To ?? content.From,
            what[..Math.Min(what.Length, 300)],
            content.PlaceOfService ?? PlacesOfService.Office, Reading.Clean(content.Facility)), ct);
        return (made, null);
    }

    private async Task<string?> EnterAsync(OutsideCharge row, Encounter encounter, OutsideContent content, KnownStaffMember provider,
        CancellationToken ct)
    {
        var form = SuperbillForm.Of(encounter);
        content.Into(form);
        (form.Rendering, form.PlaceOfService) = (provider.Id, content.PlaceOfService ?? encounter.PlaceOfService);
        var read = new Reading(WallTime.Today(clock, row.Zone));
        if (content.Lines.Count == 0)
        {
            return "It has no service.";
        }

        if (await reader.ReadAsync(encounter, form, read, ct) is not { } entry)
        {
            return string.Join(' ', read.Errors.Select(e => e.Sentence).Distinct());
        }

        var now = clock.GetUtcNow();
        if ((encounter.Enter(entry.Write, now, actor.Name) ?? row.Take(encounter.PatientId, encounter.Id, now, actor.Name)) is { } refused)
        {
            return refused;
        }

        await db.SaveChangesAsync(ct);
        return null;
    }
}
