using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Identifiers;

/// <summary>Taxonomy, pay-to address, bank and statement address of a legal entity.</summary>
public sealed class EntityIdentifiers(BillingDb db) : Slice
{
    public sealed class Form : IEditForm<BillingEntity>
    {
        public int Version { get; set; }
        public string? Taxonomy { get; set; }
        public string? PayToAddress { get; set; }
        public string? PayToCity { get; set; }
        public string? PayToState { get; set; }
        public string? PayToZip { get; set; }
        public string? Bank { get; set; }
        public string? RoutingNumber { get; set; }
        public string? AccountLast { get; set; }
        public string? StatementAddress { get; set; }
        public string? StatementCity { get; set; }
        public string? StatementState { get; set; }
        public string? StatementZip { get; set; }
        public string? StatementPhone { get; set; }

        public void Show(BillingEntity e)
        {
            (Taxonomy, PayToAddress, PayToCity, PayToState, PayToZip) = (e.Taxonomy, e.PayToAddress, e.PayToCity, e.PayToState, e.PayToZip);
            (Bank, RoutingNumber, AccountLast, StatementAddress, StatementCity) =
                (e.Bank, e.RoutingNumber, e.AccountLast, e.StatementAddress, e.StatementCity);
            (StatementState, StatementZip, StatementPhone) = (e.StatementState, e.StatementZip, TypedPhone.Show(e.StatementPhone));
        }

        public void Write(BillingEntity e, Reading read)
        {
            e.Taxonomy = read.Taxonomy(nameof(Taxonomy), Taxonomy);
            (e.PayToAddress, e.PayToCity) = (read.Text(nameof(PayToAddress), "Address", PayToAddress, 120),
                read.Text(nameof(PayToCity), "City", PayToCity));
            (e.PayToState, e.PayToZip) = (read.State(nameof(PayToState), PayToState), read.Zip(nameof(PayToZip), PayToZip));
            (e.Bank, e.RoutingNumber) = (read.Text(nameof(Bank), "Bank", Bank), read.Routing(nameof(RoutingNumber), RoutingNumber));
            e.AccountLast = Reading.Clean(AccountLast);
            if (e.AccountLast is { } last && (last.Length != 4 || !last.All(char.IsAsciiDigit)))
            {
                read.Refuse(nameof(AccountLast), "Type the last four digits of the account alone.");
            }

            (e.StatementAddress, e.StatementCity) = (read.Text(nameof(StatementAddress), "Address", StatementAddress, 120),
                read.Text(nameof(StatementCity), "City", StatementCity));
            (e.StatementState, e.StatementZip) = (read.State(nameof(StatementState), StatementState), read.Zip(nameof(StatementZip), StatementZip));
            e.StatementPhone = read.Phone(nameof(StatementPhone), StatementPhone);
        }
    }

    [HttpGet("/billing/identifiers/entity/{id:guid}")]
    [Needs(BillingPermissions.Setup)]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct) =>
        await db.Entities.AnyAsync(e => e.Id == id, ct) ? await Row(id).ShowAsync(await ThereAsync(id, ct) ? id : null, ct) : NotFound();

    [HttpPost("/billing/identifiers/entity/{id:guid}")]
    [Needs(BillingPermissions.Setup)]
    public async Task<IActionResult> Post(Guid id, Form form, CancellationToken ct) =>
        await db.Entities.AnyAsync(e => e.Id == id, ct) ? await Row(id).SaveAsync(await ThereAsync(id, ct) ? id : null, form, ct) : NotFound();

    private Task<bool> ThereAsync(Guid id, CancellationToken ct) => db.BillingEntities.AnyAsync(e => e.Id == id, ct);

    private Edit<BillingEntity, Form> Row(Guid id) => new(this, db)
    {
        What = "entity",
        New = () => new() { Id = id },
        Saved = _ => Done("/billing/identifiers", "Identifiers saved."),
    };
}
