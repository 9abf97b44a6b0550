using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Identifiers;

/// <summary>Taxonomy of a provider, and the numbers that payers gave.</summary>
public sealed class ProviderIdentifiers(BillingDb db) : Slice
{
    public sealed class Form : IEditForm<BillingProvider>
    {
        public int Version { get; set; }
        public string? Taxonomy { get; set; }

        public void Show(BillingProvider p) => Taxonomy = p.Taxonomy;

        public void Write(BillingProvider p, Reading read) => p.Taxonomy = read.Taxonomy(nameof(Taxonomy), Taxonomy);
    }

    public sealed record NumberLine(Guid Id, string What, string Number, string Payer);

    public sealed record Model(Form Form, string Name, IReadOnlyList<NumberLine> Numbers, IReadOnlyList<SelectListItem> Payers);

    [HttpGet("/billing/identifiers/provider/{id:guid}")]
    [Needs(BillingPermissions.Setup)]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct) =>
        await db.Providers.AnyAsync(p => p.Id == id, ct) ? await Row(id).ShowAsync(await ThereAsync(id, ct) ? id : null, ct) : NotFound();

    [HttpPost("/billing/identifiers/provider/{id:guid}")]
    [Needs(BillingPermissions.Setup)]
    public async Task<IActionResult> Post(Guid id, [Bind(Prefix = "Form")] Form form, CancellationToken ct) =>
        await db.Providers.AnyAsync(p => p.Id == id, ct) ? await Row(id).SaveAsync(await ThereAsync(id, ct) ? id : null, form, ct) : NotFound();

    private Task<bool> ThereAsync(Guid id, CancellationToken ct) => db.BillingProviders.AnyAsync(p => p.Id == id, ct);

    private Edit<BillingProvider, Form> Row(Guid id) => new(this, db)
    {
        What = "provider",
        New = () => new() { Id = id },
        Model = async (_, form, ct) => new Model(
            form,
            await db.Providers.Where(p => p.Id == id).Select(p => p.Name).FirstAsync(ct),
            [.. (await db.ProviderNumbers.AsNoTracking().Where(n => n.ProviderId == id).OrderBy(n => n.Qualifier).Select(n => new
            {
                n.Id, n.Qualifier, n.Number, Payer = db.Payers.Where(p => p.Id == n.PayerId).Select(p => p.Name).FirstOrDefault(),
            }).ToListAsync(ct)).Select(n => new NumberLine(n.Id, ProviderNumber.Qualifiers[n.Qualifier], n.Number, n.Payer ?? "all payers"))],
            [new("All payers", ""), .. await db.Payers.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Name)
                .Select(p => new SelectListItem(p.Name, p.Id.ToString())).ToListAsync(ct)]),
        Saved = _ => Done("/billing/identifiers", "Identifiers saved."),
    };
}
