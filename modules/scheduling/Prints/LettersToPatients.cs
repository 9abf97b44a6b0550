using Modular.Patients.Messages;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Reactions;
using Modular.Sdk;

namespace Modular.Scheduling.Prints;

/// <summary>What letters to patients about a visit say, with the address that they asked for.</summary>
public sealed class LettersToPatients(PatientLookup patients, IMessageBus bus, IPractice practice, TimeProvider clock)
{
    public static readonly IReadOnlyList<LetterField> Fields =
    [
        LetterField.Date("today", "Day of the letter", new(2026, 6, 12)),
        LetterField.Text("patient.name", "Patient's name", "Ana Rivera"),
        LetterField.Text("patient.street", "Where the patient wants letters sent, with who takes them", "7 Elm Street, Apt 2", mayBeEmpty: true),
        LetterField.Text("patient.city", "City, state and ZIP code of it", "Springfield, MA 01101", mayBeEmpty: true),
        LetterField.Date("visit.day", "Day of the visit", new(2026, 6, 10)),
        LetterField.Time("visit.at", "When it began", new(9, 20)),
        LetterField.Text("visit.provider", "Name of the provider", "Dr. Okafor"),
        LetterField.Text("place.phone", "Phone of the location", "5550104471", mayBeEmpty: true),
    ];

    public async Task<IReadOnlyList<LetterRecord>> OfAsync(IReadOnlyList<Visit> visits, CancellationToken ct)
    {
        Guid[] who = [.. visits.Select(v => v.PatientId).Distinct()];
        if (who.Length == 0)
        {
            return [];
        }

        var known = await patients.FindAsync(who, ct);
        // Where the patient wants to be written to, only their owner knows (45 CFR 164.522(b)). Unknown, the address stays empty.
        var reach = (await bus.InvokeAsync<ReachFound>(new FindReach(who, WallTime.Today(clock, practice.Zone)), ct))
            ?.Patients.ToDictionary(p => p.PatientId) ?? [];
        return [.. visits.Select(v => Letter(v, known.GetValueOrDefault(v.PatientId), reach.GetValueOrDefault(v.PatientId)))];
    }

    private LetterRecord Letter(Visit visit, KnownPatient? patient, PatientReach? reach) => new(visit.Id, new()
    {
        ["today"] = WallTime.Today(clock, visit.Zone),
        ["patient.name"] = reach?.Name ?? patient?.ReadName ?? PatientName.Read(visit.PatientName),
        ["patient.street"] = reach?.Address is null ? null
            : string.Join(", ", new[] { reach.CareOf, reach.Address, reach.Address2 }.Where(x => !string.IsNullOrWhiteSpace(x))),
        ["patient.city"] = reach?.Address is null ? null : $"{reach.City}, {reach.State} {reach.Zip}",
        ["visit.day"] = visit.Day,
        ["visit.at"] = TimeOnly.FromDateTime(visit.Local.DateTime),
        ["visit.provider"] = visit.ProviderName,
        ["place.phone"] = practice.Locations.FirstOrDefault(l => l.Id == visit.LocationId)?.Phone,
    })
    {
        Label = visit.LetterLabel, PatientId = visit.PatientId, LocationId = visit.LocationId, Language = reach?.Language ?? patient?.Language,
    };
}
