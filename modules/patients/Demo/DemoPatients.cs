using Microsoft.EntityFrameworkCore;
using Modular.Patients.Cases;
using Modular.Patients.Charts;
using Modular.Patients.Coverages;
using Modular.Patients.Duplicates;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Demo;

/// <summary>Two thousand patients of an invented town, with coverage; made once, and a few are always registered today.</summary>
public sealed class DemoPatients(PatientsDb db, IMessageBus bus, IFiles files, ISettings<PatientsSettings> settings, IPractice practice, TimeProvider clock) : IDemoData
{
    private const int Count = 2000;
    private const int New = 7;
    private const int Batch = 500;
    private const int Photos = 12;

    private static readonly (string Name, string Filed)[] Payers =
    [
        ("Medicare Part B", "MB"), ("Evergreen Medicaid", "MC"), ("Cascade Health PPO", "12"), ("Blue Harbor HMO", "HM"), ("Lakeside Mutual", "CI"),
        ("Union Benefit Fund", "CI"), ("Summit Choice", "13"), ("Tideway EPO", "14"),
    ];

    public async Task SeedAsync(DateOnly today, CancellationToken ct)
    {
        if (!await db.Patients.AnyAsync(p => p.SourceSystem == DemoHouseholds.Source, ct))
        {
            await MakeAsync(today, ct);
        }

        var morning = WallTime.Instant(today, new(8, 40), practice.Zone);
        var newest = Enumerable.Range(Count - New, New).Select(n => $"{n:00000}").ToList();
        await db.Patients.Where(p => p.SourceSystem == DemoHouseholds.Source && newest.Contains(p.SourceId!))
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.RegisteredAt, morning), ct);
    }

    private async Task MakeAsync(DateOnly today, CancellationToken ct)
    {
        var payers = await PayersAsync(ct);
        var rules = await settings.GetAsync(ct: ct);
        var numbers = new Queue<string>(await db.NextRecordNumbersAsync(Count, rules.RecordNumberPrefix, ct));
        var people = new DemoPeople(today);
        db.AddRange(people.Doctors);
        db.AddRange(people.Forms);
        db.AddRange(people.CasePayers);
        await db.SaveChangesAsync(ct);
        var at = 0;
        foreach (var batch in new DemoHouseholds(today, payers).Make(Count).Chunk(Batch))
        {
            var patients = new List<Patient>();
            foreach (var (patient, coverages) in batch)
            {
                if (at % 333 == 50)
                {
                    // Registered twice, as happens: the same person with another spelling.
                    var twin = patients[^3];
                    (patient.LastName, patient.FirstName, patient.BirthDate, patient.Sex) = (twin.LastName.ToUpperInvariant(), twin.FirstName, twin.BirthDate, twin.Sex);
                    (patient.MobilePhone, patient.Suffix, patient.MiddleName, patient.SsnLast4, patient.DeceasedOn) = (twin.MobilePhone, twin.Suffix, null, null, null);
                }

                var quick = at >= Count - New;
                if (quick)
                {
                    // Registered on the phone this morning: five fields, the rest waits.
                    (patient.Address, patient.City, patient.State, patient.Zip, patient.County, patient.Email) = (null, null, null, null, null, null);
                    patient.ToFinish = Registration.Missing(patient, rules, today, guarantor: true);
                }

                var day = today.AddDays(-3 - ((Count - at) * 2));
                // Nobody is registered before birth.
                var registered = WallTime.Instant(day < patient.BirthDate ? patient.BirthDate.AddDays(1) : day, new(9 + (at % 8), at % 60), practice.Zone);
                db.Add(patient);
                db.Entry(patient).Property(p => p.RecordNumber).CurrentValue = numbers.Dequeue();
                db.Entry(patient).Property(p => p.RegisteredAt).CurrentValue = registered;
                db.AddRange(quick ? [] : coverages);
                patients.Add(patient);
                at++;
            }

            db.AddRange(people.Around(patients).ToList());
            if (at == Batch)
            {
                db.AddRange(DemoDesk.Of(patients, today, practice));
            }

            var cases = db.ChangeTracker.Entries<Case>().Select(c => c.Entity).ToList();
            await using var write = await db.BeginWriteAsync(ct);
            await PhotosAsync(at == Batch ? patients : [], ct);
            await db.SaveAndTellAsync(bus, patients, today, ct, bulk: true, also: cases.Select(c => (Func<object>)c.Changed));
            var ids = patients.Select(p => p.Id).ToList();
            await db.TellCoveragesAsync(bus, await db.Coverages.Where(c => ids.Contains(c.PatientId)).Select(c => c.Id).ToListAsync(ct), today, ct, bulk: true);
            await write.CommitAsync(ct);
            db.ChangeTracker.Clear();
        }

        await FindDuplicatesHandler.Handle(new(), db, clock, ct);
    }

    /// <summary>A dozen have one, as in an office that began to take them last month.</summary>
    private async Task PhotosAsync(List<Patient> patients, CancellationToken ct)
    {
        foreach (var (patient, i) in patients.Where(p => !p.Restricted).Take(Photos).Select((p, i) => (p, i)))
        {
            await using var picture = DemoPictures.Png(i);
            patient.PhotoId = (await files.SaveAsync(picture, "photo.png", new(PatientsPermissions.OpenRestricted, patient.Id, "photo"), ct)).Id;
        }
    }

    private async Task<List<Payer>> PayersAsync(CancellationToken ct)
    {
        var names = Payers.Select(p => p.Name).ToList();
        var known = await db.Payers.Where(p => names.Contains(p.Name)).ToListAsync(ct);
        foreach (var (name, filed) in Payers.Where(p => known.All(k => k.Name != p.Name)))
        {
            var payer = new Payer { Name = name, PayerNumber = $"{60000 + (name.Length * 37)}", ClaimFilingCode = filed };
            db.Add(payer);
            known.Add(payer);
        }

        await db.SaveChangesAsync(ct);
        return [.. names.Select(name => known.First(k => k.Name == name))];
    }
}
