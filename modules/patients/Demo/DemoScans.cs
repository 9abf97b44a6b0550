using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Scans;
using Modular.Sdk;

namespace Modular.Patients.Demo;

/// <summary>Six papers that wait in the inbox this morning, each with something to do: split, turn, leave a page out.</summary>
public sealed class DemoScans(PatientsDb db, ScanIntake intake, ILabels labels, IPdf pdf, IMessageBus bus, IPractice practice) : IDemoData
{
    private static readonly string[] Referral = ["Dear colleague,", "", "thank you for seeing this patient, who asks for a second opinion.", "The findings of our visit are below; the images follow by disc.",
        "", "Blood pressure 132/84, pulse 72, lungs clear.", "Please send your report to our office.", "", "With kind regards", "Harbor Cardiology"];

    private static readonly string[] Results = ["Test                              Result        Range", "Sodium                            139           135 - 145", "Potassium                       4.2            3.5 - 5.1",
        "Creatinine                        0.9            0.6 - 1.2", "Hemoglobin A1c               5.9            4.0 - 5.6   HIGH", "", "Reviewed by the laboratory of Fairhaven"];

    public async Task SeedAsync(DateOnly today, CancellationToken ct)
    {
        var patients = await db.Patients.AsNoTracking().Where(p => !p.Restricted && p.DeceasedOn == null && p.SourceSystem == DemoHouseholds.Source).OrderBy(p => p.RecordNumber).Skip(40).Take(12).ToListAsync(ct);
        if (practice.Locations.Count == 0 || patients.Count < 12)
        {
            return;
        }

        if (!await db.ScanFiles.AnyAsync(ct))
        {
            foreach (var (name, content) in Papers(patients))
            {
                await intake.TakeAsync(practice.Locations[0].Id, name, content, ScanFile.Folder, null, ct);
            }
        }

        // They came in this morning, whatever day it is.
        var place = practice.Locations[0];
        var morning = WallTime.Instant(today, new(8, 10), place.Zone);
        await db.Scans.Where(s => s.State == ScanState.Waiting && s.LocationId == place.Id && db.ScanFiles.Any(f => f.Id == s.ScanFileId && f.Source == ScanFile.Folder))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.ReceivedAt, morning).SetProperty(s => s.DueBy, morning.AddHours(4)), ct);
        await bus.PublishAsync(new NoteOverdueScans(), NoteOverdueScans.At(morning.AddHours(4)));
    }

    private IEnumerable<(string Name, byte[] Content)> Papers(IReadOnlyList<Patient> p)
    {
        yield return ("fax 0812 Harbor Cardiology.pdf", DemoPaper.Pdf(labels, pdf, Letter(p[0]), Letter(p[1]), Letter(p[2])));
        yield return ("fax 0815 Fairhaven Laboratory.pdf", DemoPaper.Pdf(labels, pdf, new DemoPaper.Sheet("Laboratory report", [About(p[3]), "", .. Results], Turn: 180)));
        yield return ("scan 0001.pdf", DemoPaper.Pdf(labels, pdf,
            new("Cascade Health PPO", [p[4].FullName, "Member ID   CHX 204 881", "Group          7702", "Copay          $25 office, $50 specialist"], Width: 86, Height: 54),
            new("Cascade Health PPO", ["Claims: PO Box 555, Fairhaven", "Payer ID 60333", "Members: (555) 010-0142"], Width: 86, Height: 54)));
        yield return ("scan 0002.pdf", DemoPaper.Pdf(labels, pdf,
            new("Laboratory report", [About(p[5]), "", .. Results]), new("", []), new("Laboratory report, page 2", [About(p[5]), "", "No further findings."])));
        yield return ("scan 0003.pdf", DemoPaper.Pdf(labels, pdf, new DemoPaper.Sheet("School form", [About(p[6]), "", "Immunizations complete: yes", "May take part in sports: yes", "", "To be signed by the provider and returned to the school nurse."], Turn: 90)));
        yield return ("signature 0821.png", DemoPaper.Signature());
    }

    private static DemoPaper.Sheet Letter(Patient p) => new("Referral", [About(p), "", .. Referral]);

    private static string About(Patient p) => $"Patient: {p.FullName}, born {Said.ShortDay(p.BirthDate)}";
}
