using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>What the list shows by.</summary>
public sealed class ReferralFilter
{
    /// <summary>A step; open (also when left out), ended or all.</summary>
    public string? Step { get; set; }

    public string? Urgency { get; set; }

    /// <summary>overdue, mine, to-tell, coverage: what somebody has to look at.</summary>
    public string? Show { get; set; }

    public static IReadOnlyDictionary<string, string> Shows { get; } = new Dictionary<string, string>
    {
        ["overdue"] = "Overdue", ["mine"] = "Mine", ["to-tell"] = "Patient not told", ["coverage"] = "Coverage ended",
    };
}

/// <summary>The work list: what is on its way, what is due first.</summary>
public sealed class ReferralList(ReferralsDb db, ChosenLocation chosen, IAccessLog log, IPractice practice) : Slice
{
    public sealed record Model(ListPage<Referral> Found, ReferralFilter Filter, string? Place, DateOnly Today, Guid? Me, string Live);

    internal const string Order = "due";

    internal static readonly SortColumns<Referral> Sorts = new()
    {
        ["due"] = r => r.DueOn, ["patient"] = r => r.PatientName, ["specialist"] = r => r.SpecialistName, ["written"] = r => r.WrittenOn, ["appointment"] = r => r.AppointmentOn,
    };

    [HttpGet("/referrals/referrals")]
    [Needs(ReferralsPermissions.Read)]
    public async Task<IActionResult> Get(ListQuery query, ReferralFilter filter, CancellationToken ct)
    {
        // The count in the rail is of the place in the top bar, and so is its list.
        var page = await Rows(db, query, filter, chosen.Location?.Id, Actor.PersonId).PageAsync(query, Sorts, Order, ct);
        Guid[] patients = [.. page.Rows.Select(r => r.PatientId).Distinct()];
        if (patients.Length > 0)
        {
            log.Listed(patients, "referrals");
        }

        var places = chosen.Location is { } here ? [here] : chosen.Choices;
        return Page(new Model(
            page, filter, chosen.Location?.Name, WallTime.Today(Clock, chosen.Location?.Zone ?? practice.Zone), Actor.PersonId,
            string.Join(' ', places.Select(p => $"{ReferralsModule.Topic}:{p.Id:N}"))));
    }

    internal static IQueryable<Referral> Rows(ReferralsDb db, ListQuery query, ReferralFilter filter, Guid? place, Guid? me)
    {
        var text = query.Text is { Length: > 0 } typed ? $"%{typed}%" : null;
        var (step, state, show, urgency) = (filter.Step, States.Find<Step>(filter.Step), filter.Show, string.IsNullOrEmpty(filter.Urgency) ? null : filter.Urgency);
        return db.Referrals.AsNoTracking()
            .Where(r => place == null || r.LocationId == place)
            .Where(r => step == "all" || (step == "ended" ? r.EndedOn != null : step == null || step == "" || step == "open" ? r.EndedOn == null : r.Step == state))
            .Where(r => urgency == null || r.Urgency == urgency)
            .Where(r => show != "overdue" || r.Overdue)
            .Where(r => show != "mine" || r.OwnerId == me)
            .Where(r => show != "to-tell" || (r.Step == Step.Booked && r.ToldOn == null))
            .Where(r => show != "coverage" || r.CoverageEnded)
            .Where(r => text == null || EF.Functions.ILike(r.PatientName, text) || EF.Functions.ILike(r.SpecialistName + " " + (r.Specialty ?? ""), text));
    }
}
