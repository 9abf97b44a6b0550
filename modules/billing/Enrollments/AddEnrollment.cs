using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Enrollments;

/// <summary>Puts enrollments on file: one transaction, or all that are not there yet.</summary>
public sealed class AddEnrollment(BillingDb db) : Slice
{
    public sealed class Form : EnrollmentFields
    {
        public Guid? Payer { get; set; }
        public Guid? Entity { get; set; }
        public Guid? Provider { get; set; }
        public string[] Transaction { get; set; } = [];

        [BindNever, ValidateNever]
        public IReadOnlyList<SelectListItem> Payers { get; set; } = [];

        [BindNever, ValidateNever]
        public IReadOnlyList<SelectListItem> Entities { get; set; } = [];

        [BindNever, ValidateNever]
        public IReadOnlyList<SelectListItem> Providers { get; set; } = [];
    }

    [HttpGet("/billing/enrollments/add")]
    [Needs(BillingPermissions.Setup)]
    public async Task<IActionResult> Get(Guid? payer, Guid? entity, Guid? provider, string? transaction, CancellationToken ct) =>
        Page(await FilledAsync(new()
        {
            Payer = payer, Entity = entity ?? await db.Entities.Where(e => e.Main).Select(e => (Guid?)e.Id).FirstOrDefaultAsync(ct), Provider = provider,
            Transaction = transaction is null ? [] : [transaction],
        }, ct));

    [HttpPost("/billing/enrollments/add")]
    [Needs(BillingPermissions.Setup)]
    public async Task<IActionResult> Post(Form form, CancellationToken ct)
    {
        var read = NewReading();
        if (form.Payer is not { } payer || !await db.Payers.AnyAsync(p => p.Id == payer, ct))
        {
            read.Refuse(nameof(form.Payer), "Choose the payer.");
        }

        if (form.Entity is not { } entity || !await db.Entities.AnyAsync(e => e.Id == entity, ct))
        {
            read.Refuse(nameof(form.Entity), "Choose the entity.");
        }

        if (form.Provider is { } provider && !await db.Providers.AnyAsync(p => p.Id == provider, ct))
        {
            read.Refuse(nameof(form.Provider), "Choose the provider from the list.");
        }

        string[] chosen = [.. form.Transaction.Distinct().Where(Enrollment.Transactions.ContainsKey)];
        if (chosen.Length == 0)
        {
            read.Refuse(nameof(form.Transaction), "Choose at least one transaction.");
        }

        foreach (var transaction in chosen)
        {
            var added = new Enrollment
            {
                PayerId = form.Payer ?? default, EntityId = form.Entity ?? default, ProviderId = form.Provider,
                Transaction = transaction
            };
            // What is typed is the same for each, and so are its faults.
            form.Write(added, transaction == chosen[0] ? read : new Reading(read.Today));
            db.Add(added);
        }

        return Accept(read.Errors) && await TrySaveAsync(db, ct)
            ? Done("/billing/enrollments",
                $"{string.Join(", ", chosen.Select(t => Enrollment.Transactions[t]))}: {Enrollment.States[form.State].ToLowerInvariant()}.")
            : Invalid(await FilledAsync(form, ct));
    }

    private async Task<Form> FilledAsync(Form form, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        form.Payers = await db.Payers.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Name).Select(p => new SelectListItem(p.Name, p.Id.ToString()))
            .ToListAsync(ct);
        form.Entities = await db.Entities.AsNoTracking().Where(e => e.Active).OrderBy(e => e.Name)
            .Select(e => new SelectListItem(e.Name, e.Id.ToString())).ToListAsync(ct);
        form.Providers = [new("All who work in its name", ""), .. await db.Providers.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Name)
            .Select(p => new SelectListItem(p.Name, p.Id.ToString())).ToListAsync(ct)];
        return form;
    }
}
