using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Scrub;
using Modular.Sdk;

namespace Modular.Billing.Rules;

/// <summary>The rules that the practice adds to those of the scrubber.</summary>
public sealed class OwnRuleList(BillingDb db) : Slice
{
    public sealed class Line
    {
        public required OwnRule Rule { get; init; }
        public string? Payer { get; init; }
    }

    internal static readonly ListDefinition<Line> List = new("billing.own-rules", "Claim rules")
    {
        Id = l => l.Rule.Id,
        Search = new("Name or sentence", l => l.Rule.Name, l => l.Rule.Sentence),
        Filters =
        [
            new("valid", "When valid", new Dictionary<string, string> { ["now"] = "Looked at today", ["any"] = "Ended and switched off too" }, (v, ask) =>
            {
                var today = ask.Today;
                return v == "any" ? null : l => !l.Rule.Off && (l.Rule.ValidTo == null || l.Rule.ValidTo >= today);
            }),
        ],
        Columns =
        [
            new("name", "Rule", l => l.Rule.Name) { Main = true, Sort = l => l.Rule.Name, Href = l => $"/billing/rules/edit/{l.Rule.Id}", HrefNeeds = BillingPermissions.Setup, Drawer = true },
            new("does", "What it does", l => l.Rule.Off ? "Switched off" : l.Rule.Severity.Title()),
            new("payer", "Payer", l => l.Payer ?? (l.Rule.FilingCode is { } code ? $"All {Payers.FilingCodes.All.GetValueOrDefault(code, code)}" : "All")),
            new("when", "When", l => l.Rule.When),
            new("sentence", "Sentence", l => l.Rule.Sentence) { Optional = 2 },
            new("from", "Valid from", l => l.Rule.ValidFrom) { Sort = l => l.Rule.ValidFrom, Optional = 1 },
            new("to", "Last day", l => l.Rule.ValidTo) { Sort = l => l.Rule.ValidTo, Optional = 1 },
        ],
    };

    [HttpGet("/billing/rules")]
    [Needs(BillingPermissions.Read)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct) => ListAsync(List, db.OwnRules.AsNoTracking().OrderBy(r => r.Name)
        .Select(r => new Line { Rule = r, Payer = db.Payers.Where(p => p.Id == r.PayerId).Select(p => p.Name).FirstOrDefault() }), query, ct);
}
