using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Payers;

/// <summary>Adds a payer's rule or changes one. A rule that changes on a day is ended there, and another begins.</summary>
public sealed class EditPayerRule(BillingDb db, IPractice practice) : Slice
{
    public sealed class Form : IEditForm<PayerRule>
    {
        public int Version { get; set; }
        public Guid? PayerId { get; set; }
        public string? FilingCode { get; set; }
        public DateOnly? ValidFrom { get; set; }
        public DateOnly? ValidTo { get; set; }
        public int FilingCount { get; set; } = 90;
        public string FilingUnit { get; set; } = PayerRule.Days;
        public bool Workday { get; set; } = true;
        public int? CorrectedDays { get; set; }
        public string? Appeals { get; set; }
        public bool Replacement { get; set; } = true;
        public bool Void { get; set; } = true;
        public string Attachments { get; set; } = "none";
        public bool Referral { get; set; }
        public bool PriorAuthorization { get; set; }
        public bool Taxonomy { get; set; }
        public string? OfficeName { get; set; }
        public string? OfficeAddress { get; set; }
        public string? OfficeCity { get; set; }
        public string? OfficeState { get; set; }
        public string? OfficeZip { get; set; }
        public string? Source { get; set; }

        [BindNever, ValidateNever]
        public IReadOnlyList<SelectListItem> Payers { get; set; } = [];

        public static IReadOnlyDictionary<string, string> Units { get; } = new Dictionary<string,
            string>
        { [PayerRule.Days] = "days", [PayerRule.Years] = "calendar years" };

        public void Show(PayerRule r)
        {
            (PayerId, FilingCode, ValidFrom, ValidTo, FilingCount, FilingUnit, Workday) =
                (r.PayerId, r.FilingCode, r.ValidFrom, r.ValidTo, r.FilingCount, r.FilingUnit, r.Workday);
            (CorrectedDays, Appeals, Replacement, Void, Attachments) = (r.CorrectedDays, r.Appeals, r.Replacement, r.Void, r.Attachments);
            (Referral, PriorAuthorization, Taxonomy, Source) = (r.Referral, r.PriorAuthorization, r.Taxonomy, r.Source);
            (OfficeName, OfficeAddress, OfficeCity, OfficeState, OfficeZip) =
                (r.OfficeName, r.OfficeAddress, r.OfficeCity, r.OfficeState, r.OfficeZip);
        }

        public void Write(PayerRule r, Reading read)
        {
            (r.PayerId, r.FilingCode) =
                (PayerId, PayerId is null ? read.OneOf(nameof(FilingCode), "Claims are filed as", FilingCode, FilingCodes.All) : null);
            WriteDays(r, read);
            r.FilingUnit = read.OneOf(nameof(FilingUnit), "Filing limit", FilingUnit, Units) ?? PayerRule.Days;
            (r.FilingCount, r.Workday, r.CorrectedDays) = (FilingCount, Workday, CorrectedDays);
            if (FilingCount < 1 || FilingCount > (r.FilingUnit == PayerRule.Years ? 10 : 1000))
            {
                read.Refuse(nameof(FilingCount), "The filing limit is 1 to 1000 days, or 1 to 10 years.");
            }

            if (CorrectedDays is < 1 or > 3000)
            {
                read.Refuse(nameof(CorrectedDays), "1 to 3000 days; empty where it is the same as for the first claim.");
            }

            var (levels, fault) = AppealLevel.Read(Appeals);
            r.Appeals = AppealLevel.Write(levels);
            if (fault is not null)
            {
                read.Refuse(nameof(Appeals), fault);
            }

            r.Attachments = read.OneOf(nameof(Attachments), "Attachments", Attachments, PayerRule.AttachmentWays) ?? "none";
            (r.Replacement, r.Void, r.Referral, r.PriorAuthorization, r.Taxonomy) = (Replacement, Void, Referral, PriorAuthorization, Taxonomy);
            (r.OfficeName, r.OfficeAddress) = (read.Text(nameof(OfficeName), "Claim office", OfficeName),
                read.Text(nameof(OfficeAddress), "Address", OfficeAddress, 120));
            (r.OfficeCity, r.OfficeState, r.OfficeZip) = (read.Text(nameof(OfficeCity), "City", OfficeCity),
                read.State(nameof(OfficeState), OfficeState), read.Zip(nameof(OfficeZip), OfficeZip));
            r.Source = read.Required(nameof(Source), "Source", Source, 300);
        }

        private void WriteDays(PayerRule r, Reading read)
        {
            r.ValidTo = ValidTo;
            if (ValidFrom is not { } from)
            {
                read.Refuse(nameof(ValidFrom), "Type the first date of service that the rule is for.");
                return;
            }

            r.ValidFrom = from;
            if (ValidTo < from)
            {
                read.Refuse(nameof(ValidTo), "The last day is before the first.");
            }
        }
    }

    [HttpGet("/billing/payers/edit/{id:guid?}")]
    [Needs(BillingPermissions.Setup)]
    public Task<IActionResult> Get(Guid? id, CancellationToken ct) => Row.ShowAsync(id, ct);

    [HttpPost("/billing/payers/edit/{id:guid?}")]
    [Needs(BillingPermissions.Setup)]
    public Task<IActionResult> Post(Guid? id, Form form, CancellationToken ct) => Row.SaveAsync(id, form, ct);

    private Edit<PayerRule, Form> Row => new(this, db)
    {
        What = "rule",
        New = () => new() { Source = "" },
        Blank = () => new() { ValidFrom = new(WallTime.Today(Clock, practice.Zone).Year, 1, 1) },
        Check = async (rule, _, read, ct) =>
        {
            if (rule.PayerId is { } payer && !await db.Payers.AnyAsync(p => p.Id == payer, ct))
            {
                read.Refuse(nameof(Form.PayerId), "Choose a payer from the list.");
            }
        },
        Model = async (_, form, ct) =>
        {
            form.Payers = [new("Not of one payer", ""), .. await db.Payers.AsNoTracking().Where(p => p.Active || p.Id == form.PayerId)
                .OrderBy(p => p.Name).Select(p => new SelectListItem(p.Name, p.Id.ToString())).ToListAsync(ct)];
            return form;
        },
        Saved = _ => Done("/billing/payers", "Rule saved."),
    };
}
