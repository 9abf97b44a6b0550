using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Messages;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Imports;

/// <summary>Patients from the old system. The same source id again updates, never doubles; what a person typed here since wins over an undo.</summary>
public sealed class PatientImport(PatientsDb db, IMessageBus bus, ISettings<PatientsSettings> settings, TimeProvider clock, IPractice practice) : ImportKind
{
    private readonly List<Patient> added = [];
    private readonly List<ExternalId> addedNumbers = [];
    private readonly List<Patient> saved = [];
    private readonly List<Guid> removed = [];
    private readonly Dictionary<string, int> seen = [];
    private Dictionary<string, Patient> known = [];
    private ILookup<Guid, ExternalId> numbers = Array.Empty<ExternalId>().ToLookup(n => n.PatientId);
    private Queue<string> recordNumbers = [];
    private HashSet<Guid> used = [];

    public override string Id => "patients.patient";

    public override string Title => "Patients";

    public override string Permission => PatientsPermissions.Import;

    public override IReadOnlyList<ImportField> Fields => PatientImportColumns.All;

    public override string FhirResource => "Patient";

    public override IReadOnlyDictionary<string, string> ReadFhir(JsonElement resource) => FhirRows.Patient(resource);

    public override async Task PrepareAsync(IReadOnlyList<ImportRow> rows, bool dryRun, CancellationToken ct)
    {
        var ids = rows.Select(r => r["source_id"]).OfType<string>().Distinct().ToList();
        known = await db.Patients.Where(p => p.SourceSystem == PatientImportColumns.SourceSystem && ids.Contains(p.SourceId!)).ToDictionaryAsync(p => p.SourceId!, ct);
        await LoadNumbersAsync([.. known.Values.Select(p => p.Id)], ct);
        var fresh = ids.Count - known.Count;
        recordNumbers = dryRun || fresh == 0 ? [] : new(await db.NextRecordNumbersAsync(fresh, (await settings.GetAsync(ct: ct)).RecordNumberPrefix, ct));
    }

    public override Task<ImportResult> ApplyAsync(ImportRow row, bool dryRun, CancellationToken ct)
    {
        var today = WallTime.Today(clock, practice.Zone);
        var (form, errors) = PatientImportColumns.Read(row);
        // Judged on a scratch patient: a refused row must not leave half of itself on one that is saved with its batch.
        var scratch = new Patient();
        errors = [.. errors, .. form.Apply(scratch, today, fromSpreadsheet: true), .. ExternalIds.Faults(form)];
        if (row["source_id"] is not { } sourceId)
        {
            errors = [.. errors, new("source_id", "The row has no id of the old system; without it a second import would double the patient.")];
            sourceId = "";
        }
        else if (!seen.TryAdd(sourceId, row.Number))
        {
            errors = [.. errors, new("source_id", $"Row {seen[sourceId]} has the same id; a file tells of a patient once.")];
        }

        if (errors.Count > 0)
        {
            return Task.FromResult(ImportResult.Refused([.. errors.Select(e => new ImportError(PatientImportColumns.Column(e.Field), e.Sentence))]));
        }

        return Task.FromResult(known.TryGetValue(sourceId, out var patient) ? Update(patient, PatientImportColumns.AsKept(form, scratch), dryRun, today) : Create(sourceId, form, dryRun, today));
    }

    public override async Task SaveAsync(CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await db.CopyAsync(added, ct);
        await db.CopyAsync(addedNumbers, ct);
        await db.SaveAndTellAsync(bus, [.. added, .. saved], WallTime.Today(clock, practice.Zone), ct, bulk: true);
        foreach (var id in removed)
        {
            await bus.PublishAsync(new PatientRemoved(id), new(Key: id.ToString(), Bulk: true));
        }

        await write.CommitAsync(ct);
        added.Clear();
        addedNumbers.Clear();
        saved.Clear();
        removed.Clear();
        // A large file must not be a large change tracker; the next batch is prepared anew.
        db.ChangeTracker.Clear();
    }

    public override async Task PrepareUndoAsync(IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => r.EntityId).ToArray();
        known = await db.Patients.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id.ToString(), ct);
        await LoadNumbersAsync(ids, ct);
        used = [.. await db.Database.SqlQuery<Guid>($"select used_elsewhere as \"Value\" from patients.used_elsewhere({ids})").ToListAsync(ct)];
    }

    public override Task<string?> UndoAsync(ImportedRow row, CancellationToken ct) => Task.FromResult(Undo(row));

    private ImportResult Create(string sourceId, PatientForm form, bool dryRun, DateOnly today)
    {
        var patient = new Patient
        {
            RecordNumber = dryRun ? "" : recordNumbers.Dequeue(), RegisteredAt = clock.GetUtcNow(),
            SourceSystem = PatientImportColumns.SourceSystem, SourceId = sourceId,
        };
        form.Apply(patient, today, fromSpreadsheet: true);
        if (!dryRun)
        {
            added.Add(patient);
            addedNumbers.AddRange(ExternalIds.Of(form, patient.Id));
        }

        return new(ImportOutcome.Created, patient.Id, 1);
    }

    private ImportResult Update(Patient patient, PatientForm form, bool dryRun, DateOnly today)
    {
        var own = OwnNumbers(patient);
        var before = PatientForm.Of(patient, own);
        var merged = PatientImportColumns.Over(before, form);
        if (Difference.Between(before, merged).Count == 0)
        {
            return new(ImportOutcome.Unchanged, patient.Id, patient.Version);
        }

        if (!dryRun)
        {
            merged.Apply(patient, today, fromSpreadsheet: true);
            ExternalIds.Apply(merged, patient.Id, own, db);
            // Only a number changed: the patient is told of and counted up all the same.
            Touch(patient);
        }

        return new(ImportOutcome.Updated, patient.Id, patient.Version + 1, JsonSerializer.Serialize(before));
    }

    private string? Undo(ImportedRow row)
    {
        if (!known.TryGetValue(row.EntityId.ToString(), out var patient))
        {
            return null;
        }

        if (patient.Version != row.Version)
        {
            return $"{patient.FullName} was changed after the import.";
        }

        if (!row.Created)
        {
            var before = JsonSerializer.Deserialize<PatientForm>(row.Before!)!;
            before.Apply(patient, WallTime.Today(clock, practice.Zone));
            ExternalIds.Apply(before, patient.Id, OwnNumbers(patient), db);
            Touch(patient);
            return null;
        }

        if (used.Contains(patient.Id))
        {
            return $"{patient.FullName} has visits, coverage or documents by now.";
        }

        db.RemoveRange(numbers[patient.Id]);
        db.Remove(patient);
        removed.Add(patient.Id);
        return null;
    }

    private void Touch(Patient patient)
    {
        db.Entry(patient).State = EntityState.Modified;
        saved.Add(patient);
    }

    /// <summary>As loaded with the batch, in which no patient is twice.</summary>
    private List<ExternalId> OwnNumbers(Patient patient) => [.. numbers[patient.Id]];

    private async Task LoadNumbersAsync(Guid[] ids, CancellationToken ct) =>
        numbers = (await db.ExternalIds.Where(n => ids.Contains(n.PatientId)).ToListAsync(ct)).ToLookup(n => n.PatientId);
}
