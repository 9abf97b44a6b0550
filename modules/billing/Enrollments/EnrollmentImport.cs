using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Reactions;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Billing.Enrollments;

/// <summary>Enrollments from a table, such as a clearing house lists them. The same payer, entity, provider and transaction again changes the
/// row.</summary>
public sealed class EnrollmentImport(BillingDb db, TimeProvider clock, IPractice practice) : ImportKind
{
    private List<KnownPayer> payers = [];
    private List<KnownEntity> entities = [];
    private List<KnownStaffMember> providers = [];
    private Dictionary<(Guid, Guid, Guid?, string), Enrollment> known = [];
    private Dictionary<Guid, Enrollment> taken = [];

    public override string Id => "billing.enrollment";
    public override string Title => "EDI enrollments";
    public override string Permission => BillingPermissions.Setup;

    public override IReadOnlyList<ImportField> Fields { get; } =
    [
        new("payer", "Payer", true, ["payer name", "payer id"], "Medicare"),
        new("entity", "Billing entity", false, ["group", "billing provider"]),
        new("provider", "Provider", false, ["npi", "rendering provider"], "1234567893"),
        new("transaction", "Transaction", true, ["type"], "837P"),
        new("state", "State", true, ["status"], "Approved"),
        new("sent_on", "Applied on", false, ["applied", "submitted"]),
        new("approved_from", "Approved from", false, ["approved", "effective"]),
        new("ended_on", "Last day", false, ["ended", "terminated"]),
        new("number", "Number"),
        new("note", "Note"),
    ];

    public override async Task PrepareAsync(IReadOnlyList<ImportRow> rows, bool dryRun, CancellationToken ct)
    {
        payers = await db.Payers.AsNoTracking().ToListAsync(ct);
        entities = await db.Entities.AsNoTracking().Where(e => e.Active).ToListAsync(ct);
        providers = await db.Providers.AsNoTracking().ToListAsync(ct);
        known = (await db.Enrollments.ToListAsync(ct)).ToDictionary(Key);
    }

    public override Task<ImportResult> ApplyAsync(ImportRow row, bool dryRun, CancellationToken ct) => Task.FromResult(Apply(row, dryRun));

    public override async Task SaveAsync(CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    public override async Task PrepareUndoAsync(IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => r.EntityId).ToList();
        taken = await db.Enrollments.Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, ct);
    }

    public override Task<string?> UndoAsync(ImportedRow row, CancellationToken ct) => Task.FromResult(Undo(row));

    private ImportResult Apply(ImportRow row, bool dryRun)
    {
        var read = new Reading(WallTime.Today(clock, practice.Zone));
        var payer = payers.Find(p => Same(p.Name, row["payer"]) || p.PayerNumber == row["payer"]);
        var entity = row["entity"] is { } named ? entities.Find(e => Same(e.Name, named) || e.Npi == named) : entities.Find(e => e.Main);
        var provider = row["provider"] is { } who ? providers.Find(p => p.Npi == who || Same(p.Name, who)) : null;
        var transaction = read.OneOf("transaction", "Transaction", row["transaction"], Enrollment.Transactions);
        if (payer is null)
        {
            read.Refuse("payer", $"No payer has the name or ID “{row["payer"]}”.");
        }

        if (entity is null)
        {
            read.Refuse("entity", $"No billing entity has the name or NPI “{row["entity"]}”.");
        }

        if (provider is null && row["provider"] is not null)
        {
            read.Refuse("provider", $"No provider has the name or NPI “{row["provider"]}”.");
        }

        var fields = new EnrollmentFields
        {
            // A file says states as people read them or by their key.
            State = Enrollment.States.FirstOrDefault(s => Same(s.Value, row["state"]) || s.Key == row["state"]).Key ?? row["state"]!,
            SentOn = row["sent_on"], ApprovedFrom = row["approved_from"], EndedOn = row["ended_on"], Number = row["number"], Note = row["note"],
        };
        var written = new Enrollment
        {
            PayerId = payer?.Id ?? default, EntityId = entity?.Id ?? default, ProviderId = provider?.Id,
            Transaction = transaction ?? ""
        };
        fields.Write(written, read);
        return read.Errors.Count > 0 ? ImportResult.Refused([.. read.Errors.Select(e => new ImportError(e.Field, e.Sentence))])
            : Take(written, dryRun);
    }

    private ImportResult Take(Enrollment written, bool dryRun)
    {
        if (!known.TryGetValue(Key(written), out var there))
        {
            known[Key(written)] = written;
            if (!dryRun)
            {
                db.Add(written);
            }

            return new(ImportOutcome.Created, written.Id, 1);
        }

        var (before, after) = (Kept.Of(there), Kept.Of(written));
        if (before == after)
        {
            return new(ImportOutcome.Unchanged, there.Id, there.Version);
        }

        if (there.Version == 0)
        {
            return ImportResult.Refused(new ImportError("transaction", "This enrollment stands in the file twice, and differently."));
        }

        if (!dryRun)
        {
            after.Into(there);
        }

        return new(ImportOutcome.Updated, there.Id, there.Version + 1, JsonSerializer.Serialize(before));
    }

    private string? Undo(ImportedRow row)
    {
        if (!taken.TryGetValue(row.EntityId, out var there))
        {
            return null;
        }

        if (there.Version != row.Version)
        {
            return $"{Enrollment.Transactions[there.Transaction]}: it was changed after the import.";
        }

        if (row.Created)
        {
            db.Remove(there);
        }
        else
        {
            JsonSerializer.Deserialize<Kept>(row.Before!)!.Into(there);
        }

        return null;
    }

    private static (Guid, Guid, Guid?, string) Key(Enrollment e) => (e.PayerId, e.EntityId, e.ProviderId, e.Transaction);

    private static bool Same(string one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private sealed record Kept(string State, DateOnly? SentOn, DateOnly? ApprovedFrom, DateOnly? EndedOn, string? Number, string? Note)
    {
        public static Kept Of(Enrollment e) => new(e.State, e.SentOn, e.ApprovedFrom, e.EndedOn, e.Number, e.Note);

        public void Into(Enrollment e) => (e.State, e.SentOn, e.ApprovedFrom, e.EndedOn, e.Number, e.Note) =
            (State, SentOn, ApprovedFrom, EndedOn, Number, Note);
    }
}
