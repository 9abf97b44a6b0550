using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Fees;

/// <summary>What services cost, by whom and when: charges, contracts, Medicare.</summary>
public sealed class FeeScheduleList(BillingDb db) : Slice
{
    public sealed class Line
    {
        public required FeeSchedule Schedule { get; init; }
        public string? Payer { get; init; }
        public string? Entity { get; init; }
        public int Services { get; init; }
    }

    internal static readonly ListDefinition<Line> List = new("billing.fee-schedules", "Fee schedules")
    {
        Id = l => l.Schedule.Id,
        Search = new("Name or payer", l => l.Schedule.Name, l => l.Payer),
        Filters =
        [
            new("kind", "Kind", "All kinds", FeeSchedule.Kinds, v => l => l.Schedule.Kind == v),
            new("valid", "When valid", new Dictionary<string, string> { ["now"] = "Valid today or later", ["any"] = "Ended ones too" }, (v, ask) =>
            {
                var today = ask.Today;
                return v == "any" ? null : l => l.Schedule.ValidTo == null || l.Schedule.ValidTo >= today;
            }),
        ],
        Columns =
        [
            new("name", "Name", l => l.Schedule.Name) { Main = true, Sort = l => l.Schedule.Name, Href = l => $"/billing/fees/{l.Schedule.Id}" },
            new("kind", "Kind", l => FeeSchedule.Kinds[l.Schedule.Kind]) { Sort = l => l.Schedule.Kind },
            new("payer", "Payer", l => l.Payer) { Sort = l => l.Payer },
            new("entity", "Entity", l => l.Entity ?? "All") { Sort = l => l.Entity, Optional = 1 },
            new("from", "Valid from", l => l.Schedule.ValidFrom) { Sort = l => l.Schedule.ValidFrom },
            new("to", "Last day", l => l.Schedule.ValidTo) { Sort = l => l.Schedule.ValidTo },
            new("services", "Services", l => l.Services) { Sort = l => l.Services, Right = true },
        ],
    };

    [HttpGet("/billing/fees")]
    [Needs(BillingPermissions.Read)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct) => ListAsync(List, Rows(db), query, ct);

    internal static IQueryable<Line> Rows(BillingDb db) => db.FeeSchedules.AsNoTracking().OrderBy(s => s.Kind).ThenBy(s => s.Name)
        .ThenByDescending(s => s.ValidFrom).Select(s => new Line
        {
            Schedule = s, Services = db.Fees.Count(f => f.ScheduleId == s.Id),
            Payer = db.Payers.Where(p => p.Id == s.PayerId).Select(p => p.Name).FirstOrDefault(),
            Entity = db.Entities.Where(e => e.Id == s.EntityId).Select(e => e.Name).FirstOrDefault(),
        });
}
