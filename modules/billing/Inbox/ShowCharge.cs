using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Billing.Inbox;

/// <summary>One charge from outside: what came, why it waits; a person says who it is, or that it is not charged.</summary>
public sealed class ShowCharge(BillingDb db, ChargeInbox inbox) : Slice
{
    public sealed class Form
    {
        public int Version { get; set; }
        public string? PatientName { get; set; }
        public Guid? Patient { get; set; }
        public Guid? Provider { get; set; }
        public bool Anyway { get; set; }
        public string? Reason { get; set; }

        /// <summary>take or dismiss.</summary>
        public string? Does { get; set; }

        [BindNever, ValidateNever]
        public OutsideCharge Charge { get; set; } = null!;

        [BindNever, ValidateNever]
        public IReadOnlyList<KnownStaffMember> Providers { get; set; } = [];
    }

    [HttpGet("/billing/inbox/{id:guid}")]
    [Needs(BillingPermissions.Charge)]
    public async Task<IActionResult> Get([PatientOf<OutsideCharge>("charge from outside")] Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } charge)
        {
            return NotFound();
        }

        var known = await db.Patients.AsNoTracking().FirstOrDefaultAsync(p => p.Id == charge.PatientId, ct);
        return Page(await FilledAsync(new() { Version = charge.Version, Patient = known?.Id, PatientName = known?.Name }, charge, ct));
    }

    [HttpPost("/billing/inbox/{id:guid}")]
    [Needs(BillingPermissions.Charge)]
    public async Task<IActionResult> Post([PatientOf<OutsideCharge>("charge from outside")] Guid id, Form form, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } charge)
        {
            return NotFound();
        }

        var read = NewReading();
        var reason = read.Text(nameof(form.Reason), "Reason", form.Reason, 200);
        if (Accept(read.Errors))
        {
            await (form.Does == "dismiss" ? DismissAsync(charge, form, reason, ct) : TakeAsync(charge, form, ct));
        }

        if (ModelState.IsValid)
        {
            return await DoneNextAsync(OutsideWork.Queue, db, id,
                "/billing/inbox", form.Does == "dismiss" ? "Dismissed." : $"The charge of {charge.Patient} is taken.", ct);
        }

        db.ChangeTracker.Clear();
        charge = (await FindAsync(id, ct))!;
        ModelState.Remove(nameof(form.Version));
        form.Version = charge.Version;
        return Invalid(await FilledAsync(form, charge, ct));
    }

    private async Task TakeAsync(OutsideCharge charge, Form form, CancellationToken ct)
    {
        if (charge.Version != form.Version)
        {
            Refuse("", "Somebody worked on this charge meanwhile. Look at it again.");
            return;
        }

        await inbox.MatchAsync(charge.Id, new(form.Patient, form.Provider, form.Anyway), ct);
        db.ChangeTracker.Clear();
        if (await FindAsync(charge.Id, ct) is { State: OutsideState.Waiting } waits)
        {
            Refuse("", waits.Reason ?? "It could not be taken.");
        }
    }

    private async Task DismissAsync(OutsideCharge charge, Form form, string? reason, CancellationToken ct)
    {
        var now = Clock.GetUtcNow();
        var result = await OutsideSteps.All.TakeAsync(db, Actor, charge, form.Version, OutsideSteps.Dismiss, c => c.Dismiss(reason, now,
            Actor.Name), ct);
        if (result.Refusal is { } refused)
        {
            Refuse(reason is null ? nameof(form.Reason) : "", refused);
        }
    }

    private Task<OutsideCharge?> FindAsync(Guid id, CancellationToken ct) => db.OutsideCharges.Include(c => c.History)
        .FirstOrDefaultAsync(c => c.Id == id, ct);

    private async Task<Form> FilledAsync(Form form, OutsideCharge charge, CancellationToken ct)
    {
        form.Charge = charge;
        form.Providers = await db.Providers.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Name).ToListAsync(ct);
        return form;
    }
}
