using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Coverages;
using Modular.Patients.Messages;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Imports;

/// <summary>
/// Who paid for whom and when. A row is known again by patient, first day and rank; a second payer in it is a coverage of its own, one rank lower.
/// </summary>
public sealed class CoverageImport(PatientsDb db, IMessageBus bus, TimeProvider clock, IPractice practice) : ImportKind
{
    private Dictionary<string, Guid> patients = [];
    private Dictionary<string, Payer> payers = [];
    private Dictionary<string, NameParts> parted = [];
    private ILookup<Guid, Coverage> stored = Array.Empty<Coverage>().ToLookup(c => c.PatientId);
    private Dictionary<string, Coverage> imported = [];

    // What earlier rows of the file said: a dry run stores nothing, and must still find what overlaps.
    private readonly Dictionary<Guid, List<Coverage>> told = [];

    public override string Id => "patients.coverage";

    public override string Title => "Coverage";

    public override string Permission => PatientsPermissions.Import;

    public override IReadOnlyList<ImportField> Fields => CoverageRow.Fields;

    public override string FhirResource => "Coverage";

    public override IReadOnlyDictionary<string, string> ReadFhir(JsonElement resource) => FhirRows.Coverage(resource);

    public override async Task PrepareAsync(IReadOnlyList<ImportRow> rows, bool dryRun, CancellationToken ct)
    {
        var people = rows.Select(r => r["patient"]).OfType<string>().Distinct().ToList();
        patients = await db.Patients.AsNoTracking().Where(p => p.SourceSystem == PatientImportColumns.SourceSystem && people.Contains(p.SourceId!))
            .ToDictionaryAsync(p => p.SourceId!, p => p.Id, ct);
        await ByNumberAsync(people, ct);
        var named = rows.SelectMany(r => new[] { r["payer"], r["secondary_payer"] }).OfType<string>().Distinct().ToList();
        payers = await db.Payers.AsNoTracking().Where(p => p.SourceSystem == PatientImportColumns.SourceSystem && named.Contains(p.SourceId!)).ToDictionaryAsync(p => p.SourceId!, ct);
        parted = await NameParts.OfAsync(db, rows.Select(r => r["subscriber"]).OfType<string>(), ct);
        var ids = patients.Values.ToList();
        var coverages = await db.Coverages.Where(c => ids.Contains(c.PatientId)).ToListAsync(ct);
        stored = coverages.ToLookup(c => c.PatientId);
        imported = coverages.Where(c => c.SourceSystem == PatientImportColumns.SourceSystem).ToDictionary(c => c.SourceId!);
    }

    public override Task<ImportResult> ApplyAsync(ImportRow row, bool dryRun, CancellationToken ct)
    {
        var read = new Reading(WallTime.Today(clock, practice.Zone));
        var nobody = payers.GetValueOrDefault(row["payer"] ?? "") is { } first && PayerImport.MeansNobody(first.Name);
        var file = CoverageRow.Read(row, read, nobody, parted);
        var person = Find(read, "patient", patients, file.Patient, "No patient with this id was imported; import the patients first.");
        var payer = Find(read, "payer", payers, file.Payer, "No payer with this id was imported; import the payers first.");
        var second = file.SecondaryPayer is { } other ? Find(read, "secondary_payer", payers, other, "No payer with this id was imported; import the payers first.") : null;
        if (file.SecondaryPayer is not null && file.Rank == 3)
        {
            read.Refuse("secondary_payer", "A tertiary coverage has none behind it.");
        }

        if (read.Errors.Count > 0)
        {
            return Result(read);
        }

        // Days without insurance, and stretches that end before they begin (two changes on one day), are no coverage.
        if (nobody || file.To < file.From)
        {
            return Task.FromResult(new ImportResult(ImportOutcome.Unchanged));
        }

        var wanted = new List<Coverage> { Make(file, person, payer!, file.Rank) };
        if (second is not null && !PayerImport.MeansNobody(second.Name))
        {
            wanted.Add(Make(file, person, second, file.Rank + 1));
        }

        foreach (var coverage in wanted)
        {
            CheckOverlap(coverage, read);
        }

        return read.Errors.Count > 0 ? Result(read) : Task.FromResult(Keep(wanted, dryRun));
    }

    public override async Task SaveAsync(CancellationToken ct)
    {
        var touched = db.ChangeTracker.Entries<Coverage>().Where(e => e.State is EntityState.Added or EntityState.Modified).Select(e => e.Entity.Id).ToList();
        await using var write = await db.BeginWriteAsync(ct);
        await db.SaveChangesAsync(ct);
        await db.TellCoveragesAsync(bus, touched, WallTime.Today(clock, practice.Zone), ct, bulk: true);
        await write.CommitAsync(ct);
        db.ChangeTracker.Clear();
    }

    public override async Task PrepareUndoAsync(IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        var ids = rows.SelectMany(States).Select(s => s.SourceId).ToList();
        imported = await db.Coverages.Where(c => c.SourceSystem == PatientImportColumns.SourceSystem && ids.Contains(c.SourceId!)).ToDictionaryAsync(c => c.SourceId!, ct);
    }

    public override Task<string?> UndoAsync(ImportedRow row, CancellationToken ct)
    {
        var here = States(row).Where(s => imported.ContainsKey(s.SourceId)).Select(s => (State: s, Coverage: imported[s.SourceId])).ToList();
        if (here.Exists(h => h.Coverage.Version != h.State.Version))
        {
            return Task.FromResult<string?>($"Member {here[0].Coverage.MemberId}: this coverage was changed after the import.");
        }

        foreach (var (state, coverage) in here)
        {
            if (state.Before is null)
            {
                db.Remove(coverage);
            }
            else
            {
                state.Before.Into(coverage);
            }
        }

        return Task.FromResult<string?>(null);
    }

    /// <summary>A file may name the patient by a number instead of its own id: ours, or one that another office gave. A number of two patients names none.</summary>
    private async Task ByNumberAsync(List<string> people, CancellationToken ct)
    {
        var rest = people.Where(p => !patients.ContainsKey(p)).ToList();
        if (rest.Count == 0)
        {
            return;
        }

        var ours = await db.Patients.AsNoTracking().Where(p => rest.Contains(p.RecordNumber)).Select(p => new { Number = p.RecordNumber, p.Id }).ToListAsync(ct);
        var theirs = await db.ExternalIds.AsNoTracking().Where(e => rest.Contains(e.Value)).Select(e => new { Number = e.Value, Id = e.PatientId }).ToListAsync(ct);
        foreach (var found in ours.Concat(theirs).Distinct().GroupBy(n => n.Number).Where(g => g.Count() == 1))
        {
            patients[found.Key] = found.First().Id;
        }
    }

    private ImportResult Keep(List<Coverage> wanted, bool dryRun)
    {
        var created = !imported.ContainsKey(wanted[0].SourceId!);
        var states = new List<State>();
        Coverage? head = null;
        foreach (var coverage in wanted)
        {
            var here = imported.GetValueOrDefault(coverage.SourceId!);
            head ??= here ?? coverage;
            Tell(coverage);
            if (here is null)
            {
                states.Add(new(coverage.SourceId!, 1, null));
                // The same row again in this file changes nothing.
                imported[coverage.SourceId!] = coverage;
                if (!dryRun)
                {
                    db.Add(coverage);
                }

                continue;
            }

            var before = Kept.Of(here);
            var after = Kept.Of(coverage).Over(before);
            if (before != after)
            {
                states.Add(new(coverage.SourceId!, here.Version + 1, before));
                if (!dryRun)
                {
                    after.Into(here);
                }
            }
        }

        var version = states.FirstOrDefault(s => s.SourceId == wanted[0].SourceId)?.Version ?? head!.Version;
        return states.Count == 0
            ? new(ImportOutcome.Unchanged, head!.Id, version)
            : new(created ? ImportOutcome.Created : ImportOutcome.Updated, head!.Id, version, JsonSerializer.Serialize(states));
    }

    private void CheckOverlap(Coverage coverage, Reading read)
    {
        var others = stored[coverage.PatientId].Concat(told.GetValueOrDefault(coverage.PatientId) ?? []);
        if (others.FirstOrDefault(o => o.Rank == coverage.Rank && o.SameLine(coverage) && o.SourceId != coverage.SourceId && o.Overlaps(coverage.EffectiveFrom, coverage.EffectiveTo)) is { } other)
        {
            read.Refuse("from", $"The patient has another {Ranks.Name(coverage.Rank).ToLowerInvariant()} coverage {Charts.Format.Days(other.EffectiveFrom, other.EffectiveTo)}; one of a rank counts on a day.");
        }
        else if (told.GetValueOrDefault(coverage.PatientId)?.Find(o => o.SourceId == coverage.SourceId) is { } twice && Kept.Of(twice) != Kept.Of(coverage))
        {
            read.Refuse("from", "An earlier row says something else about the same day and rank.");
        }
    }

    private void Tell(Coverage coverage)
    {
        if (!told.TryGetValue(coverage.PatientId, out var list))
        {
            told[coverage.PatientId] = list = [];
        }

        list.Add(coverage);
    }

    private static Coverage Make(CoverageRow file, Guid patient, Payer payer, int rank)
    {
        var made = new Coverage
        {
            PatientId = patient, PayerId = payer.Id, Rank = rank, MemberId = file.MemberId, GroupNumber = file.Group, GroupName = file.GroupName, PlanName = file.Plan,
            Relationship = file.Relationship, EffectiveFrom = file.From, EffectiveTo = file.To,
            SourceSystem = PatientImportColumns.SourceSystem, SourceId = $"{file.Patient} {file.From:yyyy-MM-dd} {rank}",
        };
        made.HoldBy(file.Subscriber);
        return made;
    }

    private static T? Find<T>(Reading read, string field, Dictionary<string, T> known, string id, string otherwise)
    {
        if (id.Length > 0 && !known.ContainsKey(id))
        {
            read.Refuse(field, otherwise);
        }

        return known.GetValueOrDefault(id);
    }

    private static Task<ImportResult> Result(Reading read) =>
        Task.FromResult(ImportResult.Refused([.. read.Errors.Select(e => new ImportError(e.Field, e.Sentence))]));

    private static List<State> States(ImportedRow row) => JsonSerializer.Deserialize<List<State>>(row.Before ?? "[]")!;

    /// <param name="Version">Once the row was saved.</param>
    /// <param name="Before">Null: the row made it.</param>
    private sealed record State(string SourceId, int Version, Kept? Before);

    private sealed record Kept(
        Guid PayerId, string MemberId, string? GroupNumber, string? GroupName, string? PlanName, string Relationship, Subscriber? Subscriber, DateOnly? EffectiveTo)
    {
        public static Kept Of(Coverage c) => new(c.PayerId, c.MemberId, c.GroupNumber, c.GroupName, c.PlanName, c.Relationship, c.HeldBy(), c.EffectiveTo);

        public void Into(Coverage c)
        {
            (c.PayerId, c.MemberId, c.GroupNumber, c.GroupName, c.PlanName, c.Relationship, c.EffectiveTo) =
                (PayerId, MemberId, GroupNumber, GroupName, PlanName, Relationship, EffectiveTo);
            c.HoldBy(Subscriber);
        }

        /// <summary>A file fills in what it says; where it is silent, what people typed stays.</summary>
        public Kept Over(Kept before) => this with
        {
            GroupNumber = GroupNumber ?? before.GroupNumber,
            GroupName = GroupName ?? before.GroupName,
            PlanName = PlanName ?? before.PlanName,
            Subscriber = Filled(Subscriber, before.Subscriber),
        };

        private static Subscriber? Filled(Subscriber? said, Subscriber? known) => said is null || known is null ? said : said with
        {
            BirthDate = said.BirthDate ?? known.BirthDate,
            Sex = said.Sex ?? known.Sex,
            Address = said.Address ?? known.Address,
            Address2 = said.Address2 ?? known.Address2,
            City = said.City ?? known.City,
            State = said.State ?? known.State,
            Zip = said.Zip ?? known.Zip,
        };
    }
}
