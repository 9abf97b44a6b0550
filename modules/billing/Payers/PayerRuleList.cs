using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Payers;

/// <summary>What payers demand of claims, with who says so.</summary>
public sealed class PayerRuleList(BillingDb db) : Slice
{
    public sealed class Line
    {
        public required PayerRule Rule { get; init; }
        public string? Payer { get; init; }
        public string Of => Payer ?? (Rule.FilingCode is { } code ? $"All {FilingCodes.All.GetValueOrDefault(code, code)}" : "All others");
    }

    internal static readonly ListDefinition<Line> List = new("billing.payer-rules", "Payer rules")
    {
        Id = l => l.Rule.Id,
        Search = new("Payer or source", l => l.Payer, l => l.Rule.Source),
        Filters =
        [
            new("valid", "When valid", new Dictionary<string, string> { ["now"] = "Valid today or later", ["any"] = "Ended ones too" }, (v, ask) =>
            {
                var today = ask.Today;
                return v == "any" ? null : l => l.Rule.ValidTo == null || l.Rule.ValidTo >= today;
            }),
        ],
        Columns =
        [
            new("payer", "Payer", l => l.Of) { Main = true, Sort = l => l.Payer, Href = l => $"/billing/payers/edit/{l.Rule.Id}",
                HrefNeeds = BillingPermissions.Setup, Drawer = true },
            new("limit", "Filing limit", l => l.Rule.Limit),
            new("takes", "Takes",
                l => string.Join(", ", new[] { l.Rule.Replacement ? "replacements" : null, l.Rule.Void ? "voids"
                : null }.OfType<string>()) is { Length: > 0 } s ? s : "first claims only") { Optional = 1 },
            new("needs", "Needs",
                l => string.Join(", ", new[] { l.Rule.Referral ? "referral" : null, l.Rule.PriorAuthorization ? "authorization" : null,
                l.Rule.Taxonomy ? "taxonomy" : null }.OfType<string>())) { Optional = 1 },
            new("appeals", "Appeals", l => string.Join(", ", l.Rule.AppealLevels().Select(a => $"{a.Name} {a.Days} d"))) { Optional = 2 },
            new("from", "Valid from", l => l.Rule.ValidFrom) { Sort = l => l.Rule.ValidFrom, Optional = 1 },
            new("to", "Last day", l => l.Rule.ValidTo) { Sort = l => l.Rule.ValidTo, Optional = 1 },
            new("source", "Source", l => l.Rule.Source),
        ],
    };

    [HttpGet("/billing/payers")]
    [Needs(BillingPermissions.Read)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct) => ListAsync(List, Rows(db), query, ct);

    internal static IQueryable<Line> Rows(BillingDb db) => db.PayerRules.AsNoTracking()
        .OrderBy(r => r.PayerId == null).ThenBy(r => r.FilingCode == null).ThenBy(r => r.FilingCode).ThenByDescending(r => r.ValidFrom)
        .Select(r => new Line { Rule = r, Payer = db.Payers.Where(p => p.Id == r.PayerId).Select(p => p.Name).FirstOrDefault() });
}
