using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Inbox;

/// <summary>
/// Charges of another program as a table, a row for each encounter. Rows are kept in the inbox and matched right after; the same id with the same
/// content is known already.
/// </summary>
public sealed class ChargeImport(BillingDb db, ChargeInbox inbox, IMessageBus bus, TimeProvider clock, IPractice practice) : ImportKind
{
    private const string Sender = "File";
    private readonly List<Guid> received = [];
    private HashSet<(string, string)> known = [];
    private Dictionary<Guid, OutsideCharge> taken = [];

    public override string Id => "billing.charge";

    public override string Title => "Charges";

    public override string Permission => BillingPermissions.Charge;

    public override IReadOnlyList<ImportField> Fields { get; } =
    [
        new("id", "Id in the other program", Required: true, SourceId: true, Names: ["charge_id", "encounter_id", "visit_id"], Example: "E-20931"),
        new("patient", "Record number of the patient", Required: true, Names: ["mrn", "record_number", "patient_id"], Example: "10023"),
        new("birth_date", "Birth date", Required: true, Names: ["dob", "birthdate"], Example: "03/04/1981"),
        new("last_name", "Last name", Names: ["last", "surname"], Example: "Kaur"),
        new("first_name", "First name", Names: ["first"], Example: "Simran"),
        new("service_date", "Day of service", Required: true, Names: ["dos", "date_of_service", "date"], Example: "11/20/2026"),
        new("npi", "NPI of the provider", Required: true, Names: ["provider_npi", "rendering_npi", "provider"], Example: "1234567893"),
        new("services", "Services", Required: true, Names: ["codes", "procedures", "cpt"], Example: "G0463-25 A; J1885 x2 B"),
        new("diagnoses", "Diagnoses", Required: true, Names: ["icd", "icd10", "dx"], Example: "I10 E11.9"),
        new("place", "Place of service", Names: ["pos", "place_of_service"], Example: "11"),
    ];

    public override async Task PrepareAsync(IReadOnlyList<ImportRow> rows, bool dryRun, CancellationToken ct)
    {
        var ids = rows.Select(r => r["id"]).OfType<string>().ToList();
        known = [.. (await db.OutsideCharges.AsNoTracking().Where(c => c.Sender == Sender && ids.Contains(c.OutsideId))
            .Select(c => new { c.OutsideId, c.Digest }).ToListAsync(ct))
            .Select(c => (c.OutsideId, c.Digest))];
    }

    public override async Task<ImportResult> ApplyAsync(ImportRow row, bool dryRun, CancellationToken ct)
    {
        var read = new Reading(WallTime.Today(clock, practice.Zone));
        var content = Read(row, read);
        if (read.Errors.Count > 0)
        {
            return ImportResult.Refused([.. read.Errors.Select(e => new ImportError(e.Field, e.Sentence))]);
        }

        if (known.Contains((row["id"]!, content.Digest())) || dryRun)
        {
            return new(known.Contains((row["id"]!, content.Digest())) ? ImportOutcome.Unchanged : ImportOutcome.Created);
        }

        await using var write = await db.BeginWriteAsync(ct);
        var (charge, isNew) = await inbox.ReceiveAsync(write, "import", Sender, row["id"]!, null, content, ct);
        await write.CommitAsync(ct);
        if (isNew)
        {
            received.Add(charge.Id);
        }

        return new(isNew ? ImportOutcome.Created : ImportOutcome.Unchanged, charge.Id, charge.Version);
    }

    public override async Task SaveAsync(CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await db.SaveChangesAsync(ct);
        foreach (var id in received)
        {
            await bus.SendAsync(new MatchCharge(id), new(Bulk: true));
        }

        await write.CommitAsync(ct);
        received.Clear();
        db.ChangeTracker.Clear();
    }

    public override async Task PrepareUndoAsync(IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => r.EntityId).ToList();
        taken = await db.OutsideCharges.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
    }

    /// <summary>What waits is taken out again; what was taken into charges is somebody's work by now.</summary>
    public override Task<string?> UndoAsync(ImportedRow row, CancellationToken ct)
    {
        if (!taken.TryGetValue(row.EntityId, out var charge))
        {
            return Task.FromResult<string?>(null);
        }

        if (charge.State == OutsideState.Taken)
        {
            return Task.FromResult<string?>($"The charge {charge.OutsideId} is in an encounter by now. Void that instead.");
        }

        db.Remove(charge);
        return Task.FromResult<string?>(null);
    }

    private static OutsideContent Read(ImportRow row, Reading read)
    {
        var services = ServiceText.Read(row["services"] ?? "");
        if (services is null)
        {
            read.Refuse("services", ServiceText.Hint);
        }

        if (row["id"]!.Length > 80)
        {
            read.Refuse("id", "The id has at most 80 letters.");
        }

        return new()
        {
            PatientNumber = row["patient"], LastName = row["last_name"], FirstName = row["first_name"], BirthDate = read.Past("birth_date", "Birth date", row["birth_date"]),
            From = read.Near("service_date", row["service_date"]) ?? read.Today, ProviderNpi = row["npi"], PlaceOfService = row["place"]?.PadLeft(2, '0'),
            Diagnoses = (row["diagnoses"] ?? "").Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries), Lines = services ?? [],
        };
    }
}
