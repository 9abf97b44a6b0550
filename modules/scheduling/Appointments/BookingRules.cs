using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Cases;
using Modular.Scheduling.FreeTime;
using Modular.Scheduling.Setup;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <param name="ProviderId">Null: any provider who is free.</param>
/// <param name="RoomId">A room of the person's choice; null takes the first free one when the type needs one.</param>
/// <param name="Moving">The visit that is to go there; it is never in its own way.</param>
/// <param name="CaseId">What the visit is to be for.</param>
/// <param name="CaseChosen">False: a visit that moves keeps its case.</param>
public sealed record Asked(
    Location Location, AppointmentType Type, Guid PatientId, string PatientName, Guid? ProviderId, DateTimeOffset Start,
    string? OverbookReason, bool OverlapAccepted, Guid? Moving = null, Guid? RoomId = null, Guid? CaseId = null, bool CaseChosen = false);

/// <summary>
/// What decides whether a visit may take a place. Booking, moving and series ask it inside their transaction, after the locks:
/// patient elsewhere, case open, new or established, free or overbooked with a reason.
/// </summary>
public sealed class BookingRules(SchedulingDb db, ScheduleReader reader, VisitCases cases, ISettings<SchedulingSettings> settings, Actor actor)
{
    public async Task LockAsync(IWrite write, IEnumerable<Asked> asked, CancellationToken ct)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var ask in asked)
        {
            names.UnionWith(Locks(ask, await BookableAsync(ask, ct)));
        }

        await write.LockAsync(names, ct);
    }

    public async Task<(VisitPlace? Place, BookingRefusal? Refusal)> JudgeAsync(Asked ask, CancellationToken ct)
    {
        if (await NewnessAsync(ask, ct) is { } newness)
        {
            return (null, newness);
        }

        if (await CaseAsync(ask, ct) is { } closed)
        {
            return (null, closed);
        }

        if (await PatientOverlapAsync(ask, ct) is { } overlap)
        {
            return (null, overlap);
        }

        var day = DateOnly.FromDateTime(WallTime.At(ask.Start, ask.Location.Zone).DateTime);
        var availability = await reader.ReadAsync(ask.Location, day, day, ct);
        availability = ask.Moving is { } moving ? availability.Without(moving) : availability;
        var (provider, verdict) = Choose(availability, ask, await BookableAsync(ask, ct));
        return Answer(ask, availability, provider, verdict);
    }

    private (VisitPlace?, BookingRefusal?) Answer(Asked ask, Availability availability, Bookable? provider, Verdict verdict)
    {
        var during = new Interval(ask.Start.ToUniversalTime(), ask.Start.ToUniversalTime().AddMinutes(ask.Type.Minutes));
        var over = verdict.Fit != Fit.Free;
        var wall = WallTime.At(ask.Start, ask.Location.Zone);
        if (over && (provider is null || string.IsNullOrWhiteSpace(ask.OverbookReason) || !actor.Can(SchedulingPermissions.Overbook)))
        {
            return (null, new("Start", Sentences.Of(verdict, provider?.Name, ask.Location, wall), MayOverbook: true));
        }

        if (over && ask.Type.OverbookLimit is { } limit && availability.AtOnce(provider!.Id, during) > limit)
        {
            return (null, new("Start", limit == 0
                ? $"“{ask.Type.Name}” is never booked over another visit."
                : $"{provider.Name} has {Said.Many(limit, "other visit")} at {Said.Time(TimeOnly.FromDateTime(wall.DateTime))} already: that is the limit of “{ask.Type.Name}”.", AtLimit: true));
        }

        return (new(ask.Location.Id, ask.Location.Zone, provider!.Id, provider.Name, verdict.RoomId, verdict.EquipmentId, during,
            Availability.Held(ask.Type, during), over ? ask.OverbookReason!.Trim() : null), null);
    }

    /// <summary>Always in the same order, so that two bookings wait for each other and never in a circle.</summary>
    private static IEnumerable<string> Locks(Asked ask, IEnumerable<Guid> providers)
    {
        var day = DateOnly.FromDateTime(WallTime.At(ask.Start, ask.Location.Zone).DateTime);
        return providers.Select(p => $"scheduling provider {p} {day:O}")
            .Append($"scheduling patient {ask.PatientId}")
            .Concat(ask.Type.NeedsRoom || ask.RoomId is not null || ask.Type.EquipmentKind is not null ? [$"scheduling rooms {ask.Location.Id} {day:O}"] : []);
    }

    private async Task<List<Guid>> BookableAsync(Asked ask, CancellationToken ct) => ask.ProviderId is { } one
        ? [one]
        : await db.Bookability.Where(b => b.LocationId == ask.Location.Id && b.Active).Select(b => b.ProviderId).ToListAsync(ct);

    /// <summary>Of those who are free, the one with the fewest visits that day; otherwise the first and why not.</summary>
    private static (Bookable? Provider, Verdict Verdict) Choose(Availability availability, Asked ask, IReadOnlyCollection<Guid> candidates)
    {
        var load = availability.Facts.Busy.CountBy(b => b.ProviderId).ToDictionary();
        var judged = availability.Facts.Providers.Where(p => candidates.Contains(p.Id))
            .OrderBy(p => load.GetValueOrDefault(p.Id))
            .Select(p => (Provider: (Bookable?)p, Verdict: availability.Check(p.Id, ask.Type, ask.Start, ask.RoomId)))
            .ToList();
        return judged.Count == 0
            ? (null, new(Fit.NotBookable))
            : judged.FirstOrDefault(j => j.Verdict.Fit == Fit.Free, judged.MinBy(j => j.Verdict.Fit == Fit.Taken ? 0 : 1));
    }

    /// <summary>Who was seen here within the years of the settings is established; a moved visit was judged when it was booked.</summary>
    private async Task<BookingRefusal?> NewnessAsync(Asked ask, CancellationToken ct)
    {
        if (ask.Type.Patients == "any" || ask.Moving is not null)
        {
            return null;
        }

        var years = (await settings.GetAsync(ask.Location.Id, ct)).EstablishedYears;
        var since = ask.Start.ToUniversalTime().AddYears(-years);
#pragma warning disable RS0030 // A patient was seen here wherever it was, whatever locations the person sees.
        var seen = await db.Visits.IgnoreQueryFilters().AsNoTracking()
#pragma warning restore RS0030
            .Where(v => v.PatientId == ask.PatientId && v.Status == VisitStatus.CheckedOut && v.StartsAt > since)
            .OrderByDescending(v => v.StartsAt).FirstOrDefaultAsync(ct);
        return (ask.Type.Patients, seen) switch
        {
            ("new", { } last) => new("TypeId", $"“{ask.Type.Name}” is for new patients. {ask.PatientName} was here on {last.Local:MMMM d, yyyy}: choose another type."),
            ("established", null) => new("TypeId", $"“{ask.Type.Name}” is for established patients. {ask.PatientName} has not been here for {Said.Many(years, "year")}: choose another type."),
            _ => null,
        };
    }

    private async Task<BookingRefusal?> CaseAsync(Asked ask, CancellationToken ct)
    {
        var id = ask is { Moving: { } moving, CaseChosen: false }
            ? await db.Visits.Where(v => v.Id == moving).Select(v => v.CaseId).FirstOrDefaultAsync(ct)
            : ask.CaseId;
        var day = DateOnly.FromDateTime(WallTime.At(ask.Start, ask.Location.Zone).DateTime);
        return await cases.RefusalAsync(id, ask.PatientId, day, ct) is { } sentence ? new("Case", sentence) : null;
    }

    private async Task<BookingRefusal?> PatientOverlapAsync(Asked ask, CancellationToken ct)
    {
        var (type, moving) = (ask.Type, ask.Moving ?? Guid.Empty);
        if (type.PatientOverlap == "allow" || (type.PatientOverlap == "warn" && ask.OverlapAccepted))
        {
            return null;
        }

        var (from, to) = (ask.Start.ToUniversalTime(), ask.Start.ToUniversalTime().AddMinutes(type.Minutes));
#pragma warning disable RS0030 // Every location: a patient cannot be at two places at once, whatever locations the person sees.
        var other = await db.Visits.IgnoreQueryFilters().AsNoTracking()
#pragma warning restore RS0030
            .Where(v => v.PatientId == ask.PatientId && v.Id != moving && v.StartsAt < to && v.EndsAt > from
                && v.Status != VisitStatus.Canceled && v.Status != VisitStatus.NoShow)
            .FirstOrDefaultAsync(ct);
        return other is null ? null : new(
            type.PatientOverlap == "warn" ? "OverlapAccepted" : "PatientId",
            $"{ask.PatientName} has another visit then: {other.TypeName} with {other.ProviderName} at {Said.Time(TimeOnly.FromDateTime(other.Local.DateTime))}.",
            MayAcceptOverlap: type.PatientOverlap == "warn");
    }
}
