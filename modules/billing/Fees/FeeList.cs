using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Fees;

/// <summary>The prices of one schedule.</summary>
public sealed class FeeList(BillingDb db, IPractice practice) : Slice
{
    public sealed class Line
    {
        public required Fee Fee { get; init; }
        public string? Name { get; init; }
    }

    public sealed record Model(FeeSchedule Schedule, ListPage<Line> Fees);

    internal static readonly ListDefinition<Line> List = new("billing.fees", "Prices")
    {
        Id = l => l.Fee.Id,
        Order = "code",
        Search = new("Code or words", l => l.Fee.Code, l => l.Name),
        Columns =
        [
            new("code", "Code", l => l.Fee.Code) { Main = true, Sort = l => l.Fee.Code,
                Href = l => $"/billing/fees/price/{l.Fee.ScheduleId}/{l.Fee.Id}", HrefNeeds = BillingPermissions.Setup, Drawer = true,
                Class = "num" },
            new("modifier", "Modifier", l => l.Fee.Modifier) { Sort = l => l.Fee.Modifier },
            new("name", "Service", l => l.Name),
            new("facility", "In a facility", l => l.Fee.Facility) { Sort = l => l.Fee.Facility },
            new("amount", "Per unit", l => Said.Money(l.Fee.Amount)) { Sort = l => l.Fee.Amount, Right = true, Class = "num",
                File = l => l.Fee.Amount },
        ],
    };

    [HttpGet("/billing/fees/{id:guid}")]
    [Needs(BillingPermissions.Read)]
    public async Task<IActionResult> Get(Guid id, ListQuery query, CancellationToken ct)
    {
        if (await db.FeeSchedules.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, ct) is not { } schedule)
        {
            return NotFound();
        }

        var today = WallTime.Today(Clock, practice.Zone);
        return await ListAsync(List, db.Fees.AsNoTracking().Where(f => f.ScheduleId == id).Select(f => new Line
        {
            Fee = f,
            Name = db.Codes.Where(c => c.Code == f.Code && (c.System == "cpt" || c.System == "hcpcs") && c.ValidFrom <= today)
                .OrderByDescending(c => c.ValidFrom).Select(c => c.ShortName).FirstOrDefault(),
        }), query, page => Task.FromResult<object>(new Model(schedule, page)), ct);
    }
}
