using Microsoft.EntityFrameworkCore;
using Modular.Billing.Codes;
using Modular.Billing.Enrollments;
using Modular.Billing.Fees;
using Modular.Billing.Identifiers;
using Modular.Billing.Payers;
using Modular.Sdk;

namespace Modular.Billing.Demo;

/// <summary>What the demo practice charges, with whom it is enrolled, and a handful of codes: the published sets are not shipped.</summary>
public sealed class DemoSetUp(BillingDb db) : IDemoData
{
    private static readonly (string System, string Code, string Name)[] Codes =
    [
        .. DemoCodes.Diagnoses.Concat(DemoCodes.Headings).Select(d => ("icd10cm", d.Code, d.Name)),
        .. DemoCodes.Services.Select(s => ("hcpcs", s.Code, s.Name)), .. DemoCodes.Modifiers.Select(m => ("modifier", m.Code, m.Name)),
    ];

    private static readonly (string Code, decimal Price)[] Prices = [.. DemoCodes.Visits, .. DemoCodes.Services.Select(s => (s.Code, s.Price))];

    public async Task SeedAsync(DateOnly today, CancellationToken ct)
    {
        if (await db.FeeSchedules.AnyAsync(ct))
        {
            return;
        }

        DateOnly year = new(today.Year, 1, 1), codesFrom = new(2020, 1, 1);
        var there = (await db.Codes.Select(c => new { c.System, c.Code }).ToListAsync(ct)).Select(c => (c.System, c.Code)).ToHashSet();
        db.AddRange(Codes.Where(c => !there.Contains((c.System, c.Code))).Select(c => new BillingCode
        {
            System = c.System, Code = c.Code, ShortName = CodeLine.Cut(c.Name, 60), LongName = c.Name, Billable = !DemoCodes.Headings.Contains((c.Code, c.Name)),
            ValidFrom = codesFrom,
            Find = $" {c.Code} {c.Name}".ToLowerInvariant(),
        }));
        db.AddRange(Codes.Where(c => c.Code is "E119" or "I10" or "Z23").Select(c => new Favorite { System = c.System, Code = c.Code }));
        Schedule($"Charges {today.Year}", FeeSchedule.Charge, null, year, 1m);
        Schedule($"Charges {today.Year - 1}", FeeSchedule.Charge, null, year.AddYears(-1), 0.96m).ValidTo = year.AddDays(-1);
        var payers = await db.Payers.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Name).ToListAsync(ct);
        foreach (var payer in payers.Where(p => p.ClaimFilingCode is not ("MB" or "MC")).Take(3))
        {
            Schedule($"{payer.Name}: contract {today.Year}", FeeSchedule.Contract, payer.Id, year, 0.72m);
            db.Add(new PayerContract
            {
                PayerId = payer.Id, Products = "PPO, EPO", StartsOn = year.AddYears(-1), EndsOn = today.AddDays(110),
                NoticeDays = 90, NoticeDue = true, Renews = true, Representative = "Marta Ekholm", Phone = "5550100177"
            });
            db.Add(new PayerRule
            {
                PayerId = payer.Id, ValidFrom = year.AddYears(-2), FilingCount = 180, CorrectedDays = 365,
                Appeals = "First appeal; 180; contract §7\nSecond appeal; 60; contract §7",
                PriorAuthorization = true, Source = "Participation agreement, §5 and §7",
            });
        }

        await AddIdentifiersAsync(payers.Select(p => p.Id).ToList(), today, ct);
        await db.SaveChangesAsync(ct);

        FeeSchedule Schedule(string name, string kind, Guid? payer, DateOnly from, decimal share)
        {
            var schedule = new FeeSchedule { Name = CodeLine.Cut(name, 80), Kind = kind, PayerId = payer, ValidFrom = from };
            db.Add(schedule);
            db.AddRange(Prices.Select(p => new Fee { ScheduleId = schedule.Id, Code = p.Code, Amount = Math.Round(p.Price * share, 2) }));
            return schedule;
        }
    }

    private async Task AddIdentifiersAsync(List<Guid> payers, DateOnly today, CancellationToken ct)
    {
        var entities = await db.Entities.AsNoTracking().Where(e => e.Active).OrderByDescending(e => e.Main).ToListAsync(ct);
        db.AddRange(entities.Select(e => new BillingEntity
        {
            Id = e.Id, Taxonomy = "207Q00000X", Bank = "Harbor Savings", RoutingNumber = "011000015",
            AccountLast = "4471", StatementPhone = "5550100140",
        }));
        db.AddRange((await db.Providers.AsNoTracking().Where(p => p.Active).ToListAsync(ct))
            .Select(p => new BillingProvider
            {
                Id = p.Id, Taxonomy = p.Name.EndsWith("NP", StringComparison.Ordinal) ? "363LF0000X"
            : "207Q00000X"
            }));
        db.AddRange((await db.Places.AsNoTracking().Where(p => p.Active).ToListAsync(ct)).Select(p => new ServiceFacility { Id = p.Id }));
        if (entities.Count == 0)
        {
            return;
        }

        foreach (var (payer, i) in payers.Select((p, i) => (p, i)))
        {
            foreach (var transaction in Enrollment.Transactions.Keys)
            {
                var state = (i + transaction.Length) % 7 == 6 ? Enrollment.Sent : transaction is "EFT" && i % 2 == 1 ? Enrollment.ToDo
                    : Enrollment.Approved;
                db.Add(new Enrollment
                {
                    PayerId = payer, EntityId = entities[0].Id, Transaction = transaction, State = transaction == "837P" && i != 2
                        ? Enrollment.Approved : state,
                    SentOn = today.AddDays(-200 - i), ApprovedFrom = today.AddDays(-170 - i),
                });
            }
        }
    }
}
