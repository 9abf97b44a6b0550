using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.FreeTime;
using Modular.Scheduling.Setup;
using Modular.Sdk;

namespace Modular.Scheduling.Series;

/// <summary>What becomes of one occurrence: taken as it is, moved to a free time, booked over with the reason, or left out.</summary>
public static class Choice
{
    public const string Take = "take";
    public const string Skip = "skip";
    public const string Over = "over";
}

/// <param name="On">The date the rule gives.</param>
/// <param name="Start">When it would be.</param>
/// <param name="Note">What the clocks do that night.</param>
/// <param name="Conflict">Why it cannot be; null when it can.</param>
/// <param name="Nearby">Free starts that day and the next ones, to move it to.</param>
/// <param name="Chosen">take, skip, over or a start.</param>
public sealed record Planned(DateOnly On, DateTimeOffset Start, string? Note, string? Conflict, bool MayOverbook, IReadOnlyList<DateTimeOffset> Nearby, string Chosen);

/// <summary>Looks at every occurrence with the rules of booking; nothing is assumed from the first ones.</summary>
public sealed class SeriesPlan(SchedulingDb db, BookingRules rules, ScheduleReader reader, ISettings<SchedulingSettings> settings)
{
    /// <summary>The plan as it would be now. The choices a person made are kept where they still fit.</summary>
    public async Task<IReadOnlyList<Planned>> MakeAsync(Asked first, IEnumerable<(DateOnly On, DateTimeOffset Start, string? Note, Guid? Visit)> occurrences, IReadOnlyDictionary<DateOnly, string> chosen, CancellationToken ct)
    {
        var plan = new List<Planned>();
        foreach (var (on, start, note, visit) in occurrences)
        {
            var (_, refusal) = await rules.JudgeAsync(first with { Start = start, Moving = visit, OverbookReason = null, OverlapAccepted = false }, ct);
            var nearby = refusal is null ? [] : await NearbyAsync(first, start, visit, ct);
            var wish = chosen.GetValueOrDefault(on);
            var fits = wish is Choice.Skip || (wish is Choice.Take && refusal is null) || (wish is Choice.Over && refusal is not null)
                || (wish is not null && nearby.Any(n => n.ToString("O") == wish));
            plan.Add(new(on, start, note, refusal?.Sentence, refusal?.MayOverbook == true || refusal?.MayAcceptOverlap == true, nearby, fits ? wish! : refusal is null ? Choice.Take : ""));
        }

        return plan;
    }

    /// <summary>The place of one occurrence as chosen; null to leave it out.</summary>
    public Asked? Place(Asked first, Planned planned, string reason, Guid? visit = null) => planned.Chosen switch
    {
        Choice.Skip or "" => null,
        Choice.Take => first with { Start = planned.Start, Moving = visit, OverbookReason = null },
        Choice.Over => first with { Start = planned.Start, Moving = visit, OverbookReason = reason, OverlapAccepted = true },
        var start => first with { Start = DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture), Moving = visit, OverbookReason = null },
    };

    public async Task<Asked?> AskedAsync(Location location, Guid type, Guid patient, string patientName, Guid provider, CancellationToken ct, Guid? caseId = null) =>
        await db.AppointmentTypes.AsNoTracking().FirstOrDefaultAsync(t => t.Id == type, ct) is { } kind
            ? new(location, kind, patient, patientName, provider, default, null, false, CaseId: caseId)
            : null;

    private async Task<IReadOnlyList<DateTimeOffset>> NearbyAsync(Asked first, DateTimeOffset start, Guid? visit, CancellationToken ct)
    {
        var day = DateOnly.FromDateTime(start.DateTime);
        var step = (await settings.GetAsync(first.Location.Id, ct)).StepMinutes;
        var availability = await reader.ReadAsync(first.Location, day, day.AddDays(2), ct);
        availability = visit is { } one ? availability.Without(one) : availability;
        return [.. availability.Starts(first.Type, day, day.AddDays(2), availability.Facts.Now, step, first.ProviderId is { } p ? [p] : null)
            .OrderBy(s => (s.Start - start).Duration()).Take(4).Select(s => s.Start).Order()];
    }
}
