using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Eligibility;

/// <summary>The visits of a day with what the payer says of their coverage; tomorrow's unless somebody chooses another day.</summary>
public sealed class EligibilityList(BillingDb db, ChosenLocation chosen) : Slice
{
    public sealed class Line
    {
        public required KnownVisit Visit { get; init; }
        public string? Patient { get; init; }
        public Guid? CoverageId { get; init; }
        public string? Payer { get; init; }
        public string? Question { get; init; }
        public EligibilityAnswer? Answer { get; init; }

        public string Said => Answer is not null ? Answer.Title : CoverageId is null ? "No coverage" : Question switch
        {
            EligibilityQuestion.ToSend => "To ask",
            EligibilityQuestion.Sent => "Asked",
            _ => "Not asked",
        };
    }

    internal static readonly ListDefinition<Line> List = new("billing.eligibility", "Eligibility")
    {
        Id = l => l.Visit.Id,
        Order = "time",
        Patients = l => [l.Visit.PatientId],
        Search = new("Patient or payer", l => l.Patient, l => l.Payer),
        Filters =
        [
            new("day", "Which visits", new Dictionary<string, string> { [""] = "Tomorrow's", ["today"] = "Today's", ["week"] = "Of the next 7 days" },
                (v, ask) =>
            {
                var (from, to) = v switch
                {
                    "today" => (ask.Today, ask.Today),
                    "week" => (ask.Today, ask.Today.AddDays(7)),
                    _ => (ask.Today.AddDays(1), ask.Today.AddDays(1)),
                };
                return l => l.Visit.Day >= from && l.Visit.Day <= to;
            }),
            new("state", "Coverage", "Any state", new Dictionary<string, string>
            {
                ["look"] = "To look at", ["active"] = "Active", ["inactive"] = "Not active", ["none"] = "No coverage",
            }, v => v switch
            {
                "look" => l => l.Answer == null || l.Answer.State != EligibilityAnswer.Active || l.Answer.OtherPayers.Count > 0,
                "none" => l => l.CoverageId == null,
                _ => l => l.Answer != null && l.Answer.State == v,
            }),
        ],
        Columns =
        [
            new("day", "Visit", l => l.Visit.Day) { Sort = l => l.Visit.Day, ByDay = true, Class = "nowrap" },
            new("time", "Time", l => l.Visit.StartsAt) { Sort = l => l.Visit.StartsAt, Class = "nowrap" },
            new("patient", "Patient", l => l.Patient)
            {
                Main = true, Sort = l => l.Patient, Href = l => $"/billing/eligibility/ask/{l.Visit.PatientId}?day={l.Visit.Day:yyyy-MM-dd}", Drawer = true,
            },
            new("type", "Type", l => l.Visit.Type) { Optional = 1 },
            new("payer", "Payer", l => l.Payer) { Sort = l => l.Payer },
            new("state", "Coverage", l => l.Said) { Class = "nowrap" },
            new("copay", "Copay", l => l.Answer == null ? null : l.Answer.Copay) { Right = true },
            new("deductible", "Deductible left", l => l.Answer == null ? null : l.Answer.DeductibleLeft) { Right = true, Optional = 1 },
            new("answered", "Answered", l => l.Answer == null ? (DateTimeOffset?)null : l.Answer.AnsweredAt) { Optional = 1, Class = "nowrap" },
            new("plan", "Plan", l => l.Answer == null ? null : l.Answer.Plan) { FileOnly = true },
        ],
    };

    [HttpGet("/billing/eligibility")]
    [Needs(BillingPermissions.Eligibility)]
    [Export(BillingPermissions.Export)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var (here, file) = (chosen.Location?.Id, AsFile);
        var visits = db.Visits.AsNoTracking().Where(v => (v.Status == "booked" || v.Status == "arrived") && (here == null || v.LocationId == here))
            .Where(v => !file || !db.Patients.Any(p => p.Id == v.PatientId && p.Restricted))
            .Select(v => new
            {
                Visit = v,
                Coverage = db.Coverages.Where(c => c.PatientId == v.PatientId && c.EffectiveFrom <= v.Day && (c.EffectiveTo == null || c.EffectiveTo >= v.Day)
                    && (v.CaseId == null ? c.Line == "medical" : c.CaseId == v.CaseId)).OrderBy(c => c.Rank).ThenBy(c => c.Id).FirstOrDefault(),
            });
        return ListAsync(List, visits.Select(v => new Line
        {
            Visit = v.Visit,
            Patient = db.Patients.Where(p => p.Id == v.Visit.PatientId).Select(p => p.Name).FirstOrDefault(),
            CoverageId = v.Coverage == null ? null : v.Coverage.Id,
            Payer = v.Coverage == null ? null : v.Coverage.Payer,
            Question = db.EligibilityQuestions.Where(q => q.CoverageId == v.Coverage!.Id && q.Day == v.Visit.Day).Select(q => q.State).FirstOrDefault(),
            Answer = db.EligibilityAnswers.Where(a => a.CoverageId == v.Coverage!.Id).OrderByDescending(a => a.AnsweredAt).ThenByDescending(a => a.Id)
                .FirstOrDefault(),
        }), query, ct);
    }

    /// <summary>Asks for all visits of a day that nobody asked for.</summary>
    [HttpPost("/billing/eligibility")]
    [Needs(BillingPermissions.AskEligibility)]
    public async Task<IActionResult> Post([FromServices] EligibilityDesk desk, [FromServices] IPractice practice, CancellationToken ct)
    {
        var day = WallTime.Today(Clock, chosen.Location?.Zone ?? practice.Zone).AddDays(1);
        var asked = await desk.AskForVisitsAsync(day, chosen.Location?.Id, ct);
        return Done("/billing/eligibility", asked == 0 ? "All of tomorrow's visits are asked for already."
            : $"{Said.Many(asked, "question")} for tomorrow's visits are ready to be sent.");
    }
}
