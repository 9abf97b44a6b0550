using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Fees;

/// <summary>Prices from a table: a row for each service of a schedule, which is named and made before. The same service again changes its
/// price.</summary>
public sealed class FeeImport(BillingDb db, TimeProvider clock, IPractice practice) : ImportKind
{
    private List<FeeSchedule> schedules = [];
    private Dictionary<(Guid, string, string, bool), Fee> known = [];
    private Dictionary<Guid, Fee> taken = [];

    public override string Id => "billing.fee";
    public override string Title => "Prices";
    public override string Permission => BillingPermissions.Setup;

    public override IReadOnlyList<ImportField> Fields { get; } =
    [
        new("schedule", "Fee schedule", true, ["fee schedule", "schedule name"], "Charges 2026"),
        new("code", "Code", true, ["cpt", "hcpcs", "procedure", "procedure code"], "99213"),
        new("modifier", "Modifier", false, ["mod"], "26"),
        new("facility", "In a facility", false, ["facility", "setting"], "No"),
        new("amount", "Price of one unit", true, ["amount", "fee", "price", "charge"], "142.00"),
    ];

    public override async Task PrepareAsync(IReadOnlyList<ImportRow> rows, bool dryRun, CancellationToken ct)
    {
        schedules = await db.FeeSchedules.AsNoTracking().OrderByDescending(s => s.ValidFrom).ToListAsync(ct);
        string[] codes = [.. rows.Select(r => r["code"]?.ToUpperInvariant()).OfType<string>().Distinct()];
        known = (await db.Fees.Where(f => codes.Contains(f.Code)).ToListAsync(ct)).ToDictionary(f => (f.ScheduleId, f.Code, f.Modifier, f.Facility));
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
        taken = await db.Fees.Where(f => ids.Contains(f.Id)).ToDictionaryAsync(f => f.Id, ct);
    }

    public override Task<string?> UndoAsync(ImportedRow row, CancellationToken ct) => Task.FromResult(Undo(row));

    private ImportResult Apply(ImportRow row, bool dryRun)
    {
        var read = new Reading(WallTime.Today(clock, practice.Zone));
        var name = row["schedule"]!;
        var schedule = schedules.Find(s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase));
        if (schedule is null)
        {
            read.Refuse("schedule", $"There is no fee schedule “{name}”. Add it first: Billing setup, Fee schedules.");
        }

        var code = PriceService.Form.Service("code", row["code"], read);
        var modifier = PriceService.Form.ModifierOf("modifier", row["modifier"], read);
        var facility = row["facility"]?.ToUpperInvariant() is "Y" or "YES" or "TRUE" or "1" or "F" or "FACILITY";
        var amount = read.Money("amount", row["amount"]);
        if (read.Errors.Count > 0)
        {
            return ImportResult.Refused([.. read.Errors.Select(e => new ImportError(e.Field, e.Sentence))]);
        }

        var cost = Math.Round(amount!.Value, 2, MidpointRounding.AwayFromZero);
        var key = (schedule!.Id, code, modifier, facility);
        if (!known.TryGetValue(key, out var fee))
        {
            known[key] = fee = new() { ScheduleId = schedule.Id, Code = code, Modifier = modifier, Facility = facility, Amount = cost };
            if (!dryRun)
            {
                db.Add(fee);
            }

            return new(ImportOutcome.Created, fee.Id, 1);
        }

        if (fee.Amount == cost)
        {
            return new(ImportOutcome.Unchanged, fee.Id, fee.Version);
        }

        if (db.Entry(fee).State == EntityState.Added || (db.Entry(fee).State == EntityState.Detached && dryRun))
        {
            return ImportResult.Refused(new ImportError("code", $"{code} stands in the file twice with different prices."));
        }

        var before = fee.Amount.ToString(CultureInfo.InvariantCulture);
        if (!dryRun)
        {
            fee.Amount = cost;
        }

        return new(ImportOutcome.Updated, fee.Id, fee.Version + 1, before);
    }

    private string? Undo(ImportedRow row)
    {
        if (!taken.TryGetValue(row.EntityId, out var fee))
        {
            return null;
        }

        if (fee.Version != row.Version)
        {
            return $"{fee.Code}: its price was changed after the import.";
        }

        if (row.Created)
        {
            db.Remove(fee);
        }
        else
        {
            fee.Amount = decimal.Parse(row.Before!, CultureInfo.InvariantCulture);
        }

        return null;
    }
}
