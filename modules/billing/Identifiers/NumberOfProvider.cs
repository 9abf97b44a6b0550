using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Identifiers;

/// <summary>Adds a number of a provider, or takes one away.</summary>
public sealed class NumberOfProvider(BillingDb db) : Slice
{
    public sealed class Form
    {
        [StringLength(50)]
        public string Number { get; set; } = "";
        public string Qualifier { get; set; } = "G2";
        public Guid? PayerId { get; set; }
    }

    [HttpPost("/billing/identifiers/number/{provider:guid}")]
    [Needs(BillingPermissions.Setup)]
    public async Task<IActionResult> Post(Guid provider, Form form, CancellationToken ct)
    {
        if (!await db.Providers.AnyAsync(p => p.Id == provider, ct))
        {
            return NotFound();
        }

        var back = $"/billing/identifiers/provider/{provider}";
        if (!ModelState.IsValid || !ProviderNumber.Qualifiers.ContainsKey(form.Qualifier) || Reading.Clean(form.Number) is not { } number
            || (form.PayerId is { } payer && !await db.Payers.AnyAsync(p => p.Id == payer, ct)))
        {
            return Done(back, "Type the number, and choose what it is. Nothing was saved.");
        }

        db.Add(new ProviderNumber { ProviderId = provider, PayerId = form.PayerId, Qualifier = form.Qualifier, Number = number });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (db.Explain(e) is { } refused)
        {
            return Done(back, refused.Sentence);
        }

        return Done(back, $"{number} added.");
    }

    [HttpPost("/billing/identifiers/number/{id:guid}/remove")]
    [Needs(BillingPermissions.Setup)]
    public async Task<IActionResult> Remove(Guid id, CancellationToken ct)
    {
        if (await db.ProviderNumbers.FirstOrDefaultAsync(n => n.Id == id, ct) is not { } number)
        {
            return Done("/billing/identifiers", "It was removed already.");
        }

        db.Remove(number);
        await db.SaveChangesAsync(ct);
        return Done($"/billing/identifiers/provider/{number.ProviderId}", $"{number.Number} removed.");
    }
}
