using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Tests.Docs;

// snippet: settings
/// <summary>What a practice, or one of its locations, decides about referrals.</summary>
public sealed class ReferralsSettings
{
    [Display(Name = "Report expected after, days", Description = "Then the referral is a task of the front desk.")]
    [Range(1, 365)]
    public int ReportAfterDays { get; set; } = 30;

    [Display(Name = "Folder of the fax server")]
    public string FaxFolder { get; set; } = "";

    [Display(Name = "Address of the specialists' portal")]
    public string PortalAddress { get; set; } = "";

    [Display(Name = "Print letters", Description = "Off where all specialists read faxes.")]
    [Feature("referrals.letters")]
    public bool Letters { get; set; } = true;
}
// end

// snippet: snapshot
/// <summary>Every referral as it stands, for modules that are turned on later.</summary>
public sealed class ReferralSnapshot(ReferralsDb db) : ISnapshot<ReferralChanged>
{
    public async Task<IReadOnlyList<SnapshotRow<ReferralChanged>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct)
    {
        var page = await db.Referrals.AsNoTracking()
            .Where(r => (after == null || r.Id > after) && (from == null || r.SentOn >= from))
            .OrderBy(r => r.Id).Take(take).ToListAsync(ct);
        return [.. page.Select(r => new SnapshotRow<ReferralChanged>(r.Id, r.State()))];
    }
}
// end

// snippet: import
/// <summary>The address book of the old system. The same id again updates.</summary>
public sealed class SpecialistImport(ReferralsDb db) : ImportKind
{
    private Dictionary<string, Specialist> known = [];
    private Dictionary<Guid, Specialist> taken = [];

    public override string Id => "referrals.specialist";
    public override string Title => "Specialists";
    public override string Permission => "referrals.specialist.import";

    public override IReadOnlyList<ImportField> Fields { get; } =
    [
        new("id", "Id in the old system", Required: true, SourceId: true, Names: ["specialist_id"]),
        new("name", "Name", Required: true, Names: ["specialist", "practice"], Example: "Harbor Cardiology"),
        new("phone", "Phone", Names: ["telephone"], Example: "(555) 010-2200"),
    ];

    public override async Task PrepareAsync(IReadOnlyList<ImportRow> rows, bool dryRun, CancellationToken ct)
    {
        var ids = rows.Select(r => r["id"]).ToList();
        known = await db.Specialists.Where(s => ids.Contains(s.SourceId)).ToDictionaryAsync(s => s.SourceId!, ct);
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
        taken = await db.Specialists.Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
    }

    public override Task<string?> UndoAsync(ImportedRow row, CancellationToken ct) => Task.FromResult(Undo(row));

    private ImportResult Apply(ImportRow row, bool dryRun)
    {
        var (name, phone) = (row["name"]!, row["phone"] is { } typed ? TypedPhone.Read(typed) : null);
        if (row["phone"] is not null && phone is null)
        {
            return ImportResult.Refused(new ImportError("phone", TypedPhone.Hint));
        }

        if (!known.TryGetValue(row["id"]!, out var specialist))
        {
            var added = new Specialist { SourceId = row["id"], Name = name, Phone = phone };
            if (!dryRun)
            {
                db.Add(added);
            }

            return new(ImportOutcome.Created, added.Id, 1);
        }

        if (specialist.Name == name && (phone ?? specialist.Phone) == specialist.Phone)
        {
            return new(ImportOutcome.Unchanged, specialist.Id, specialist.Version);
        }

        var before = JsonSerializer.Serialize(new Before(specialist.Name, specialist.Phone));
        if (!dryRun)
        {
            (specialist.Name, specialist.Phone) = (name, phone ?? specialist.Phone);
        }

        return new(ImportOutcome.Updated, specialist.Id, specialist.Version + 1, before);
    }

    private string? Undo(ImportedRow row)
    {
        if (!taken.TryGetValue(row.EntityId, out var specialist))
        {
            return null;
        }

        if (specialist.Version != row.Version)
        {
            return $"{specialist.Name} was changed after the import.";
        }

        if (row.Created)
        {
            db.Remove(specialist);
        }
        else
        {
            (specialist.Name, specialist.Phone) = JsonSerializer.Deserialize<Before>(row.Before!)!;
        }

        return null;
    }

    private sealed record Before(string Name, string? Phone);
}
// end

// snippet: demo
/// <summary>Some referrals of the last weeks. A later day adds nothing twice.</summary>
public sealed class DemoReferrals(ReferralsDb db, IPractice practice) : IDemoData
{
    private static readonly string[] SentTo = ["Harbor Cardiology", "Fairhaven Eye Center", "Lake Orthopedics"];

    public async Task SeedAsync(DateOnly today, CancellationToken ct)
    {
        // Patients came by message; the module that owns them has the lower order and ran before.
        var patients = await db.Patients.AsNoTracking().OrderBy(p => p.Id).Take(12).ToListAsync(ct);
        if (practice.Locations.Count == 0 || await db.Referrals.AnyAsync(ct))
        {
            return;
        }

        db.AddRange(patients.Select((p, i) => new Referral
        {
            PatientId = p.Id, PatientName = p.Name, LocationId = practice.Locations[i % practice.Locations.Count].Id,
            SentTo = SentTo[i % SentTo.Length], SentOn = today.AddDays(-5 * i), Reason = "Second opinion",
        }));
        await db.SaveChangesAsync(ct);
    }
}
// end
