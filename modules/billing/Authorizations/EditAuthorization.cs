using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Authorizations;

/// <summary>Puts an authorization or a referral of a patient on file, or changes it: to request, requested, and what the payer said.</summary>
public sealed class EditAuthorization(BillingDb db, AuthorizationUses uses, IPractice practice) : Slice
{
    public sealed class Form : IEditForm<Authorization>
    {
        public int Version { get; set; }
        public Guid? PayerId { get; set; }
        public string? Kind { get; set; } = Authorization.Prior;
        public string? State { get; set; } = Authorization.ToRequest;
        public string? Number { get; set; }
        public string? What { get; set; }
        public string? Codes { get; set; }
        public string? VisitType { get; set; }
        public Guid? ProviderId { get; set; }
        public int? Visits { get; set; }
        public DateOnly? ValidFrom { get; set; }
        public DateOnly? ValidTo { get; set; }
        public bool Expedited { get; set; }
        public DateOnly? RequestedOn { get; set; }
        public DateOnly? DecidedOn { get; set; }
        public DateOnly? DueOn { get; set; }
        public string? Note { get; set; }

        [BindNever, ValidateNever]
        public string Patient { get; set; } = "";

        [BindNever, ValidateNever]
        public Authorization? Row { get; set; }

        [BindNever, ValidateNever]
        public IReadOnlyList<SelectListItem> Payers { get; set; } = [];

        [BindNever, ValidateNever]
        public IReadOnlyList<SelectListItem> Providers { get; set; } = [];

        public void Show(Authorization a)
        {
            (PayerId, Kind, State, Number, What, Codes) = (a.PayerId, a.Kind, a.State, a.Number, a.What, string.Join(", ", a.Codes));
            (VisitType, ProviderId, Visits, ValidFrom, ValidTo) = (a.VisitType, a.ProviderId, a.Visits, a.ValidFrom, a.ValidTo);
            (Expedited, RequestedOn, DecidedOn, DueOn, Note) = (a.Expedited, a.RequestedOn, a.DecidedOn, a.DueOn, a.Note);
        }

        public void Write(Authorization a, Reading read)
        {
            a.PayerId = PayerId ?? default;
            a.Kind = read.OneOf(nameof(Kind), "Kind", Kind, Authorization.Kinds) ?? Authorization.Prior;
            a.State = read.OneOf(nameof(State), "State", State, Authorization.States) ?? Authorization.ToRequest;
            (a.Number, a.What) = (read.Text(nameof(Number), "Number", Number, 50), read.Required(nameof(What), "For what", What, 200));
            a.Codes = [.. (Codes ?? "").ToUpperInvariant().Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries).Distinct()];
            (a.VisitType, a.ProviderId, a.Visits) = (read.Text(nameof(VisitType), "Visit type", VisitType, 100), ProviderId, Visits);
            (a.ValidFrom, a.ValidTo, a.Expedited, a.RequestedOn, a.DecidedOn) = (ValidFrom, ValidTo, Expedited, RequestedOn, DecidedOn);
            a.Note = read.Text(nameof(Note), "Note", Note, 500);
            if (a.Codes.Exists(c => c.Length != 5 || !c.All(char.IsAsciiLetterOrDigit)) || a.Codes.Count > 50)
            {
                read.Refuse(nameof(Codes), "Codes have five letters and digits, with a comma between.");
            }

            if (Visits is < 1 or > 999)
            {
                read.Refuse(nameof(Visits), "1 to 999 visits; empty is no limit.");
            }

            if (ValidTo < ValidFrom)
            {
                read.Refuse(nameof(ValidTo), "The last day is before the first.");
            }

            WriteAnswer(a, read);
        }

        private void WriteAnswer(Authorization a, Reading read)
        {
            if (a.State == Authorization.Approved && a.Number is null)
            {
                read.Refuse(nameof(Number), "Which number did the payer give?");
            }

            if (a.State == Authorization.Approved && ValidFrom is null)
            {
                read.Refuse(nameof(ValidFrom), "From which day on is it approved?");
            }

            if (a.State != Authorization.ToRequest)
            {
                a.RequestedOn ??= read.Today;
            }

            if (a.State is Authorization.Approved or Authorization.Denied)
            {
                a.DecidedOn ??= read.Today;
            }

            if (a.RequestedOn > read.Today)
            {
                read.Refuse(nameof(RequestedOn), "This day is still to come.");
            }
        }
    }

    [HttpGet("/billing/authorizations/edit/{patient:guid}/{id:guid?}")]
    [Needs(BillingPermissions.Authorize)]
    public async Task<IActionResult> Get([Patient("authorization")] Guid patient, Guid? id, CancellationToken ct) =>
        await NameAsync(patient, ct) is { } name ? await Row(patient, name).ShowAsync(id, ct) : NotFound();

    [HttpPost("/billing/authorizations/edit/{patient:guid}/{id:guid?}")]
    [Needs(BillingPermissions.Authorize)]
    public async Task<IActionResult> Post([Patient("authorization")] Guid patient, Guid? id, Form form, CancellationToken ct) =>
        await NameAsync(patient, ct) is { } name ? await Row(patient, name).SaveAsync(id, form, ct) : NotFound();

    private Task<string?> NameAsync(Guid patient, CancellationToken ct) =>
        db.Patients.AsNoTracking().Where(p => p.Id == patient).Select(p => p.Name).FirstOrDefaultAsync(ct);

    private Edit<Authorization, Form> Row(Guid patient, string name) => new(this, db)
    {
        What = "authorization",
        Rows = db.Authorizations.Where(a => a.PatientId == patient),
        New = () => new() { PatientId = patient, PatientName = name },
        Blank = () => new() { DueOn = WallTime.Today(Clock, practice.Zone).AddDays(7) },
        Check = CheckAsync,
        After = CountAsync,
        Model = (row, form, ct) => FilledAsync(row, form, name, patient, ct),
        Saved = a => Done("/billing/authorizations", $"{Authorization.Kinds[a.Kind]} of {a.PatientName}: {Authorization.States[a.State].ToLowerInvariant()}."),
    };

    private async Task CountAsync(Authorization a, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await uses.LockAsync(write, a.PatientId, ct);
        await uses.CountAsync(a.PatientId, ct);
        await write.CommitAsync(ct);
    }

    /// <summary>The law's day where there is one, else the one that was typed.</summary>
    private async Task CheckAsync(Authorization a, Form form, Reading read, CancellationToken ct)
    {
        var payer = await db.Payers.AsNoTracking().FirstOrDefaultAsync(p => p.Id == a.PayerId, ct);
        if (payer is null)
        {
            read.Refuse(nameof(Form.PayerId), "Choose the payer.");
            return;
        }

        a.Payer = payer.Name;
        var rule = a.RequestedOn is not { } asked ? null : await db.AuthorizationClocks.AsNoTracking()
            .Where(c => c.FilingCode == payer.ClaimFilingCode && c.Expedited == a.Expedited && c.ValidFrom <= asked)
            .OrderByDescending(c => c.ValidFrom).FirstOrDefaultAsync(ct);
        if (rule is not null && a.State == Authorization.Requested)
        {
            a.DueOn = a.RequestedOn!.Value.AddDays(rule.Days);
        }
        else if (form.DueOn is { } due)
        {
            a.DueOn = due;
        }
        else
        {
            read.Refuse(nameof(Form.DueOn), "By when is it needed?");
        }
    }

    private async Task<object> FilledAsync(Authorization? row, Form form, string name, Guid patient, CancellationToken ct)
    {
        (form.Patient, form.Row) = (name, row);
        var own = await db.Coverages.AsNoTracking().Where(c => c.PatientId == patient).Select(c => c.PayerId).ToListAsync(ct);
        var payers = await db.Payers.AsNoTracking().Where(p => own.Contains(p.Id) || p.Id == form.PayerId).OrderBy(p => p.Name).ToListAsync(ct);
        form.Payers = [new("Choose", ""), .. payers.Select(p => new SelectListItem(p.Name, p.Id.ToString()))];
        form.Providers = [new("Any provider", ""), .. await db.Providers.AsNoTracking().Where(p => p.Active || p.Id == form.ProviderId)
            .OrderBy(p => p.Name).Select(p => new SelectListItem(p.Name, p.Id.ToString())).ToListAsync(ct)];
        return form;
    }
}
