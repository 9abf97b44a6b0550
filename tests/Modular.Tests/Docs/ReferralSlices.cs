using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Tests.Docs;

// snippet: list-slice
public sealed class ReferralList(ReferralsDb db, IMarks marks, IAccessLog log) : Slice
{
    public sealed record Model(ListPage<Referral> Found, IReadOnlyDictionary<Guid, IReadOnlyList<Mark>> Marks);

    internal static readonly SortColumns<Referral> Sorts = new() { ["patient"] = r => r.PatientName, ["sent"] = r => r.SentOn };

    [HttpGet("/referrals")]
    [Needs("referrals.referral.read")]
    public async Task<IActionResult> Get(ListQuery query, string? status, CancellationToken ct)
    {
        var page = await Rows(db, query, status).PageAsync(query, Sorts, "-sent", ct);
        Guid[] patients = [.. page.Rows.Select(r => r.PatientId).Distinct()];
        log.Listed(patients, "referrals");
        return Page(new Model(page, await marks.OfAsync("patient.marks", patients, ct)));
    }

    internal static IQueryable<Referral> Rows(ReferralsDb db, ListQuery query, string? status) => db.Referrals.AsNoTracking()
        .Where(r => status == null || r.Status == status)
        .Where(r => query.Text == null || EF.Functions.ILike(r.PatientName, query.Text + "%"));
}
// end

// snippet: export-slice
public sealed class ExportReferrals(ReferralsDb db, IAccessLog log) : Slice
{
    [HttpGet("/referrals/referrals/export")]
    [Needs("referrals.referral.export")]
    [StepUp]
    public async Task<IActionResult> Get(ListQuery query, string? status, CancellationToken ct)
    {
        var rows = await ReferralList.Sorts.Apply(ReferralList.Rows(db, query, status), query.Sort, "-sent").ToListAsync(ct);
        log.Listed([.. rows.Select(r => r.PatientId).Distinct()], "referrals as CSV");
        return Csv.File("referrals", rows, ("Patient", r => r.PatientName), ("Sent to", r => r.SentTo), ("Sent", r => r.SentOn));
    }
}
// end

// snippet: form-slice
public sealed class SendReferral(ReferralsDb db, IMessageBus bus, ILive live, ChosenLocation chosen) : Slice
{
    [HttpGet("/referrals/referrals/send")]
    [Needs("referrals.referral.send")]
    public IActionResult Get(Guid patientId) => Page(new SendForm { PatientId = patientId });

    [HttpPost("/referrals/referrals/send")]
    [Needs("referrals.referral.send")]
    public async Task<IActionResult> Post(SendForm form, CancellationToken ct)
    {
        if (!ModelState.IsValid)
        {
            return Invalid(form); // 422, everything typed is still there
        }

        if (chosen.Location is not { } place || await db.Patients.AsNoTracking().FirstOrDefaultAsync(p => p.Id == form.PatientId, ct) is not { } patient)
        {
            Refuse("", "Choose the patient from the list first.");
            return Invalid(form);
        }

        var referral = form.ToReferral(patient, place, WallTime.Today(Clock, place.Zone));
        db.Add(referral);
        return await TrySaveAsync(db, () => TellAsync(referral), ct)
            ? Done($"/referrals/referrals/{referral.Id}", $"{patient.Name} is referred to {referral.SentTo}.")
            : Invalid(form);
    }

    // In the same transaction and after the save: the version grows with the save.
    private async Task TellAsync(Referral referral)
    {
        await bus.PublishAsync(referral.State(), new(Key: referral.Id.ToString()));
        live.Changed("referrals.list", referral.LocationId.ToString("N"));
    }
}

public sealed class SendForm
{
    public Guid PatientId { get; set; }

    [StringLength(120)]
    public string SentTo { get; set; } = ""; // not nullable: needed

    [PhoneNumber]
    public string? Phone { get; set; } // bound as 5550104471, shown as (555) 010-4471

    public DateOnly? NeededBy { get; set; } // 1/5, t+14, 3w, Jan 5

    [StringLength(500)]
    public string? Reason { get; set; }

    public Referral ToReferral(KnownPatient patient, Location place, DateOnly today) => new()
    {
        PatientId = patient.Id, PatientName = patient.Name, LocationId = place.Id,
        SentTo = SentTo, Phone = Phone, NeededBy = NeededBy, Reason = Reason, SentOn = today,
    };
}
// end

// snippet: edit-slice
public sealed class EditSpecialist(ReferralsDb db) : Slice
{
    public sealed class Form : IEditForm<Specialist>
    {
        public int Version { get; set; } // of the row that was opened; 0 for a new one
        public string? Name { get; set; }
        public string? Phone { get; set; }

        public void Show(Specialist specialist) => (Name, Phone) = (specialist.Name, TypedPhone.Show(specialist.Phone));

        public void Write(Specialist specialist, Reading read)
        {
            specialist.Name = read.Required(nameof(Name), "Name", Name, longest: 120);
            specialist.Phone = read.Phone(nameof(Phone), Phone);
        }
    }

    [HttpGet("/referrals/specialists/edit/{id:guid?}")]
    [Needs("referrals.referral.send")]
    public Task<IActionResult> Get(Guid? id, CancellationToken ct) => Row.ShowAsync(id, ct);

    [HttpPost("/referrals/specialists/edit/{id:guid?}")]
    [Needs("referrals.referral.send")]
    public Task<IActionResult> Post(Guid? id, Form form, CancellationToken ct) => Row.SaveAsync(id, form, ct);

    private Edit<Specialist, Form> Row => new(this, db)
    {
        What = "specialist",
        New = () => new() { Name = "" },
        Saved = specialist => Done("/referrals/specialists", $"{specialist.Name} saved."),
    };
}
// end

// snippet: open-slice
public sealed class OpenReferral(ReferralsDb db) : Slice
{
    [HttpGet("/referrals/referrals/{id:guid}")]
    [Needs("referrals.referral.read")]
    public async Task<IActionResult> Get([PatientOf<Referral>("referral")] Guid id, CancellationToken ct)
    {
        if (await db.Referrals.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, ct) is not { } referral)
        {
            return NotFound(); // unknown, or at a location this person does not work at: the same answer
        }

        return Page(referral);
    }
}
// end

// snippet: feature
/// <summary>The letter that goes with the patient.</summary>
[Feature("referrals.letters")]
public sealed class PrintReferral(ReferralsDb db) : Slice
{
    [HttpGet("/referrals/referrals/{id:guid}/print")]
    [Needs("referrals.referral.read")]
    public async Task<IActionResult> Get([PatientOf<Referral>("referral letter")] Guid id, CancellationToken ct)
    {
        if (await db.Referrals.FirstOrDefaultAsync(r => r.Id == id, ct) is not { } referral)
        {
            return NotFound();
        }

        return Page(referral);
    }
}
// end

// snippet: file-slice
public sealed class FileReport(ReferralsDb db, IFiles files) : Slice
{
    [HttpPost("/referrals/referrals/{id:guid}/file-report")]
    [Needs("referrals.referral.send")]
    public async Task<IActionResult> Post(Guid id, IFormFile report, CancellationToken ct)
    {
        if (await db.Referrals.FirstOrDefaultAsync(r => r.Id == id, ct) is not { } referral)
        {
            return NotFound();
        }

        try
        {
            await using var write = await db.BeginWriteAsync(ct);
            await using var content = report.OpenReadStream();
            var stored = await files.SaveAsync(content, report.FileName, new("referrals.referral.read", referral.PatientId, "specialist's report"), ct);
            referral.ReportFileId = stored.Id;
            await db.SaveChangesAsync(ct);
            await write.CommitAsync(ct);
        }
        catch (FileRefusedException refused)
        {
            Refuse("report", refused.Message);
            return Invalid(referral);
        }

        return Done($"/referrals/referrals/{id}", "The report is in the chart.");
    }
}
// end

// snippet: picture-slice
public sealed class FilePhoto(ReferralsDb db, IFiles files, IPictures pictures) : Slice
{
    [HttpPost("/referrals/referrals/{id:guid}/file-photo")]
    [Needs("referrals.referral.send")]
    public async Task<IActionResult> Post(Guid id, IFormFile photo, CancellationToken ct)
    {
        if (await db.Referrals.FirstOrDefaultAsync(r => r.Id == id, ct) is not { } referral)
        {
            return NotFound();
        }

        SmallPicture small;
        try
        {
            await using var content = photo.OpenReadStream();
            small = await pictures.ShrinkAsync(content, photo.FileName, longest: 1600, ct);
        }
        catch (FileRefusedException refused)
        {
            Refuse("photo", refused.Message);
            return Invalid(referral);
        }

        await using var write = await db.BeginWriteAsync(ct);
        var stored = await files.SaveAsync(new MemoryStream(small.Content), small.Name, new("referrals.referral.read", referral.PatientId, "photo for the specialist"), ct);
        referral.ReportFileId = stored.Id;
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return Done($"/referrals/referrals/{id}", "The photo goes with the referral.");
    }
}
// end
