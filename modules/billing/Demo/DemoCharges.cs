using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Charges;
using Modular.Billing.Claims;
using Modular.Billing.Encounters;
using Modular.Patients.Messages;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Billing.Demo;

/// <summary>Encounters of the last weeks as a practice has them on a working day: most ready, the last days' to enter. A later start adds nothing
/// twice.</summary>
public sealed class DemoCharges(BillingDb db, EncounterDefaults defaults, EncounterClaims claims, IPractice practice, TimeProvider clock) : IDemoData
{
    private const int Many = 90, DaysBack = 18;

    private static readonly string[] Visits = ["Follow-up", "Acute visit", "Annual wellness", "Blood pressure", "Immunization", "Video visit"];

    public async Task SeedAsync(DateOnly today, CancellationToken ct)
    {
        if (practice.Locations.Count == 0 || await db.Encounters.AnyAsync(ct))
        {
            return;
        }

        var patients = await db.Patients.AsNoTracking().Where(p => p.Active && !p.Restricted).OrderBy(p => p.Id).Take(Many).ToListAsync(ct);
        var providers = await db.Providers.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Id).ToListAsync(ct);
        if (providers.Count == 0)
        {
            return;
        }

        var made = new List<Encounter>();
        foreach (var (i, patient) in patients.Index())
        {
            var day = today.AddDays(-(i * DaysBack / Many));
            made.Add(await MakeAsync(i, patient, providers[i % providers.Count], practice.Locations[i % practice.Locations.Count], day, today, ct));
        }

        db.AddRange(made);
        await db.SaveChangesAsync(ct);
        // Lines are saved before they are closed: the database takes none after that.
        foreach (var (i, encounter) in made.Index().Where(m => m.Item is { State: EncounterState.Entered, EntityId: not null }
            && today.DayNumber - m.Item.ServiceFrom.DayNumber > 3 && m.Index % 7 != 2))
        {
            encounter.Lock(await defaults.CoveragesAsync(encounter, ct), Min(WallTime.Instant(encounter.ServiceFrom.AddDays(1), new(16, i % 60),
                encounter.Zone), clock.GetUtcNow()), "Biller");
        }

        await db.SaveChangesAsync(ct);
        foreach (var encounter in made.Where(e => e.State == EncounterState.Ready))
        {
            await claims.FollowAsync(encounter, Min(WallTime.Instant(encounter.ServiceFrom.AddDays(1), new(17, 0), encounter.Zone), clock.GetUtcNow()), "Biller", ct);
        }
    }

    private async Task<Encounter> MakeAsync(int i, KnownPatient patient, KnownStaffMember provider, Location place, DateOnly day, DateOnly today,
        CancellationToken ct)
    {
        var visit = Visits[i % Visits.Length];
        var encounter = new Encounter
        {
            Id = Guid.CreateVersion7(WallTime.Instant(day, new(9, 0), place.Zone)), LocationId = place.Id, Zone = place.Zone,
            PatientId = patient.Id, PatientName = patient.Name,
            VisitId = i % 15 == 14 ? null : VisitOf(patient.Id, day), Source = i % 15 == 14 ? "form" : "visit", ServiceFrom = day, ServiceTo = day,
            What = visit,
            PlaceOfService = visit == "Video visit" ? PlacesOfService.TelehealthAtHome : PlacesOfService.Office,
            EntityId = await defaults.EntityAsync(place.Id, ct), DueOn = Encounter.Due(day),
        };
        encounter.By(provider);
        var at = Min(WallTime.Instant(day, new(10 + (i % 6), 15), place.Zone), clock.GetUtcNow());
        encounter.Begin(null, $"Visit kept: {visit}", at, provider.Name);
        var age = today.DayNumber - day.DayNumber;
        if (age > 1 && i % 9 != 3)
        {
            encounter.Enter(e => Fill(e, i), at, provider.Name);
        }

        return encounter;
    }

    private static void Fill(Encounter e, int i)
    {
        var diagnoses = DemoCodes.Diagnoses;
        foreach (var n in Enumerable.Range(0, 1 + (i % 3)))
        {
            var (code, name) = diagnoses[(i + (n * 5)) % diagnoses.Length];
            e.Diagnoses.Add(new() { EncounterId = e.Id, Position = n + 1, Code = code, Name = name });
        }

        foreach (var n in Enumerable.Range(0, 1 + (i % 2)))
        {
            var (code, name, price) = n == 0 ? DemoCodes.Services[0] : DemoCodes.Services[1 + (i % (DemoCodes.Services.Length - 1))];
            e.Lines.Add(new()
            {
                EncounterId = e.Id, Position = n + 1, ServiceOn = e.ServiceFrom, Code = code, Name = name, Pointers = [1], Price = price,
            });
        }
    }

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    /// <summary>Stands for a visit that the demo's schedule has no message of.</summary>
    private static Guid VisitOf(Guid patient, DateOnly day) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{patient}{day:O}")).AsSpan(0, 16));
}
