using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Coverages;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Imports;

/// <summary>Payers from the old system. One that the practice typed in before under the same name is taken over, not doubled.</summary>
public sealed class PayerImport(PatientsDb db, TimeProvider clock, IPractice practice) : ImportKind
{
    private readonly Dictionary<string, int> seen = [];
    private readonly Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);
    private Dictionary<Guid, Payer> known = [];
    private HashSet<Guid> used = [];

    public override string Id => "patients.payer";

    public override string Title => "Payers";

    public override string Permission => PatientsPermissions.Import;

    public override IReadOnlyList<ImportField> Fields { get; } =
    [
        new("source_id", "ID in the old system", true, ["id", "payerid", "payer id"], "7caa7254-5050", SourceId: true),
        new("name", "Name", true, ["payer", "payer name"], "Medicare"),
        new("payer_number", "Payer number", false, ["payernumber", "claim id", "edi id"]),
        new("address", "Address", false, ["street"]),
        new("city", "City"),
        new("state", "State", false, ["state_headquartered"], "MD"),
        new("zip", "ZIP code", false, ["zipcode"], "21244"),
        new("phone", "Phone", false, [], "1-877-267-2323"),
        new("claim_filing_code", "Claim filing code", false, ["claim filing indicator", "filing code", "sbr09"], "MB"),
    ];

    /// <summary>Payers stand in the coverages that they pay for.</summary>
    public override string FhirResource => "Coverage";

    public override IReadOnlyDictionary<string, string> ReadFhir(JsonElement resource) => FhirRows.Payer(resource);

    /// <summary>Old systems keep "nobody pays" as a payer; here it is no coverage. Kept inactive, so that coverage rows that name it are understood.</summary>
    public static bool MeansNobody(string name) =>
        string.Concat(name.Where(char.IsAsciiLetter)).ToUpperInvariant() is "NOINSURANCE" or "UNINSURED" or "SELFPAY" or "NONE";

    public override async Task PrepareAsync(IReadOnlyList<ImportRow> rows, bool dryRun, CancellationToken ct)
    {
        var ids = rows.Select(r => r["source_id"]).OfType<string>().Distinct().ToList();
        var lower = rows.Select(r => r["name"]?.ToLowerInvariant()).OfType<string>().Distinct().ToList();
#pragma warning disable CA1304, CA1311, CA1862 // Translated to lower() of the database, which the unique index is on.
        known = await db.Payers.Where(p => (p.SourceSystem == PatientImportColumns.SourceSystem && ids.Contains(p.SourceId!)) || lower.Contains(p.Name.ToLower()))
            .ToDictionaryAsync(p => p.Id, ct);
#pragma warning restore CA1304, CA1311, CA1862
    }

    public override Task<ImportResult> ApplyAsync(ImportRow row, bool dryRun, CancellationToken ct)
    {
        var read = new Reading(WallTime.Today(clock, practice.Zone));
        var file = Read(row, read);
        if (file.SourceId is not null && !seen.TryAdd(file.SourceId, row.Number))
        {
            read.Refuse("source_id", $"Row {seen[file.SourceId]} has the same id; a file tells of a payer once.");
        }

        var payer = known.Values.FirstOrDefault(p => p.SourceSystem == PatientImportColumns.SourceSystem && p.SourceId == file.SourceId)
            ?? known.Values.FirstOrDefault(p => p.SourceId is null && Same(p.Name, file.Name));
        if (known.Values.Any(p => p != payer && Same(p.Name, file.Name)) || names.GetValueOrDefault(file.Name, file.SourceId!) != file.SourceId)
        {
            read.Refuse("name", $"Another payer is called {file.Name}; names tell payers apart.");
        }

        if (read.Errors.Count > 0)
        {
            return Task.FromResult(ImportResult.Refused([.. read.Errors.Select(e => new ImportError(e.Field, e.Sentence))]));
        }

        names[file.Name] = file.SourceId!;
        return Task.FromResult(payer is null ? Create(file, dryRun) : Update(payer, file, dryRun));
    }

    public override async Task SaveAsync(CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    public override async Task PrepareUndoAsync(IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => r.EntityId).ToList();
        known = await db.Payers.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        used = [.. await db.Coverages.Where(c => ids.Contains(c.PayerId)).Select(c => c.PayerId).Distinct().ToListAsync(ct)];
    }

    public override Task<string?> UndoAsync(ImportedRow row, CancellationToken ct) => Task.FromResult(Undo(row));

    private string? Undo(ImportedRow row)
    {
        if (!known.TryGetValue(row.EntityId, out var payer))
        {
            return null;
        }

        if (payer.Version != row.Version)
        {
            return $"{payer.Name} was changed after the import.";
        }

        if (!row.Created)
        {
            JsonSerializer.Deserialize<Kept>(row.Before!)!.Into(payer);
            return null;
        }

        if (used.Contains(payer.Id))
        {
            return $"{payer.Name} covers patients by now.";
        }

        db.Remove(payer);
        return null;
    }

    private ImportResult Create(Kept file, bool dryRun)
    {
        var payer = new Payer { Active = !MeansNobody(file.Name) };
        file.Into(payer);
        if (!dryRun)
        {
            db.Add(payer);
        }

        return new(ImportOutcome.Created, payer.Id, 1);
    }

    /// <summary>A blank cell says nothing and takes nothing away.</summary>
    private static ImportResult Update(Payer payer, Kept file, bool dryRun)
    {
        var before = Kept.Of(payer);
        var after = new Kept(file.Name, file.PayerNumber ?? before.PayerNumber, file.Address ?? before.Address, file.City ?? before.City,
            file.State ?? before.State, file.Zip ?? before.Zip, file.Phone ?? before.Phone, file.ClaimFilingCode ?? before.ClaimFilingCode, file.SourceId);
        if (after == before)
        {
            return new(ImportOutcome.Unchanged, payer.Id, payer.Version);
        }

        if (!dryRun)
        {
            after.Into(payer);
        }

        return new(ImportOutcome.Updated, payer.Id, payer.Version + 1, JsonSerializer.Serialize(before));
    }

    private static Kept Read(ImportRow row, Reading read) => new(
        read.Required("name", "Name", row["name"], 120), read.Text("payer_number", "Payer number", row["payer_number"], 40),
        read.Text("address", "Address", row["address"], 120), read.Text("city", "City", row["city"]), read.State("state", row["state"]),
        read.Zip("zip", row["zip"], fromSpreadsheet: true), read.Phone("phone", row["phone"]),
        read.OneOf("claim_filing_code", "Claim filing code", row["claim_filing_code"]?.ToUpperInvariant(), ClaimFiling.Codes), read.Required("source_id", "ID in the old system", row["source_id"], 120));

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private sealed record Kept(
        string Name, string? PayerNumber, string? Address, string? City, string? State, string? Zip, string? Phone, string? ClaimFilingCode, string? SourceId)
    {
        public static Kept Of(Payer p) => new(p.Name, p.PayerNumber, p.Address, p.City, p.State, p.Zip, p.Phone, p.ClaimFilingCode, p.SourceId);

        public void Into(Payer p)
        {
            (p.Name, p.PayerNumber, p.Address, p.City, p.State, p.Zip, p.Phone) = (Name, PayerNumber, Address, City, State, Zip, Phone);
            p.ClaimFilingCode = ClaimFilingCode;
            (p.SourceId, p.SourceSystem) = (SourceId, SourceId is null ? null : PatientImportColumns.SourceSystem);
        }
    }
}
