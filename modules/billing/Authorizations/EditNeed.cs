using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Authorizations;

/// <summary>Says for which visits a payer wants an authorization or a referral.</summary>
public sealed class EditNeed(BillingDb db) : Slice
{
    public sealed class Form : IEditForm<AuthorizationNeed>
    {
        public int Version { get; set; }
        public Guid? PayerId { get; set; }
        public string? Kind { get; set; } = Authorization.Prior;
        public string? VisitType { get; set; }
        public string? Source { get; set; }

        [BindNever, ValidateNever]
        public IReadOnlyList<SelectListItem> Payers { get; set; } = [];

        public void Show(AuthorizationNeed n) => (PayerId, Kind, VisitType, Source) = (n.PayerId, n.Kind, n.VisitType, n.Source);

        public void Write(AuthorizationNeed n, Reading read)
        {
            n.PayerId = PayerId ?? default;
            n.Kind = read.OneOf(nameof(Kind), "Kind", Kind, Authorization.Kinds) ?? Authorization.Prior;
            n.VisitType = read.Text(nameof(VisitType), "Visit type", VisitType, 100);
            n.Source = read.Required(nameof(Source), "Source", Source, 300);
        }
    }

    [HttpGet("/billing/authorizations/edit-need/{id:guid?}")]
    [Needs(BillingPermissions.Setup)]
    public Task<IActionResult> Get(Guid? id, CancellationToken ct) => Row.ShowAsync(id, ct);

    [HttpPost("/billing/authorizations/edit-need/{id:guid?}")]
    [Needs(BillingPermissions.Setup)]
    public Task<IActionResult> Post(Guid? id, Form form, CancellationToken ct) => Row.SaveAsync(id, form, ct);

    private Edit<AuthorizationNeed, Form> Row => new(this, db)
    {
        What = "rule",
        New = () => new(),
        Check = async (need, _, read, ct) =>
        {
            if (!await db.Payers.AnyAsync(p => p.Id == need.PayerId, ct))
            {
                read.Refuse(nameof(Form.PayerId), "Choose the payer.");
            }
        },
        Model = async (_, form, ct) =>
        {
            form.Payers = [new("Choose", ""), .. await db.Payers.AsNoTracking().Where(p => p.Active || p.Id == form.PayerId).OrderBy(p => p.Name)
                .Select(p => new SelectListItem(p.Name, p.Id.ToString())).ToListAsync(ct)];
            return form;
        },
        Saved = _ => Done("/billing/authorizations/needs", "Saved. Visits that lack it are in the list."),
    };
}
