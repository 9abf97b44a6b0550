using Modular.Scheduling.Setup;
using Modular.Sdk;

namespace Modular.Scheduling.FreeTime;

/// <summary>
/// The one answer to "is this time free?". The search asks it for every start it offers and booking asks it again inside its
/// transaction, so that nothing is offered that booking refuses. Plain values in, plain values out.
/// </summary>
/// <remarks>
/// Weekly hours are wall time and become instants on their date: hours that the spring change skips move on by the gap,
/// the hour that autumn repeats is offered twice, told apart by its offset.
/// </remarks>
public sealed class Availability(ScheduleFacts facts)
{
    private readonly ILookup<Guid, BusyTime> byProvider = facts.Busy.ToLookup(b => b.ProviderId);
    private readonly ILookup<Guid?, BusyTime> byRoom = facts.Busy.Where(b => b.RoomId is not null).ToLookup(b => b.RoomId);
    private readonly ILookup<Guid?, BusyTime> byEquipment = facts.Busy.Where(b => b.EquipmentId is not null).ToLookup(b => b.EquipmentId);
    private readonly Dictionary<(Guid, DateOnly), IReadOnlyList<Interval>> windows = [];

    public ScheduleFacts Facts => facts;

    /// <summary>The same without a visit that is to move: it is never in its own way.</summary>
    public Availability Without(Guid visit) => new(facts with { Busy = [.. facts.Busy.Where(b => b.VisitId != visit)] });

    /// <summary>Whether a visit of this type can begin at this instant, and if not, why.</summary>
    /// <param name="room">A room the person chose; null takes the first free one.</param>
    public Verdict Check(Guid providerId, AppointmentType type, DateTimeOffset start, Guid? room = null)
    {
        if (facts.Providers.All(p => p.Id != providerId))
        {
            return new(Fit.NotBookable);
        }

        var visit = new Interval(start, start.AddMinutes(type.Minutes));
        var day = DateOnly.FromDateTime(WallTime.At(start, facts.Zone).DateTime);
        if (!Windows(providerId, day).Any(w => w.Contains(visit)))
        {
            return Absence(providerId, day, visit);
        }

        if (Hold(providerId, type, day, visit) is { } hold)
        {
            return new(Fit.Held, Why: hold.Reason);
        }

        return byProvider[providerId].Any(b => b.During.Overlaps(visit)) ? new(Fit.Taken) : Resources(type, Held(type, visit), room);
    }

    /// <summary>How many visits of the provider take place at once at the fullest instant of this time.</summary>
    public int AtOnce(Guid providerId, Interval visit)
    {
        var others = byProvider[providerId].Select(b => b.During).Where(d => d.Overlaps(visit)).ToList();
        return others.Count == 0 ? 0 : others.Max(o => o.From > visit.From ? others.Count(x => x.From <= o.From && o.From < x.To) : others.Count(x => x.From <= visit.From));
    }

    /// <summary>Every start that can be booked, in order of time and then of provider.</summary>
    /// <param name="providers">Null for all who can be booked here.</param>
    /// <param name="notBefore">Usually now.</param>
    /// <param name="step">Minutes between starts.</param>
    public IEnumerable<FreeStart> Starts(
        AppointmentType type, DateOnly from, DateOnly to, DateTimeOffset notBefore, int step, IReadOnlyCollection<Guid>? providers = null)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            var starts = from provider in facts.Providers
                         where providers is null || providers.Contains(provider.Id)
                         from start in Candidates(provider.Id, type, day, step)
                         where start >= notBefore
                         let verdict = Check(provider.Id, type, start)
                         where verdict.Fit == Fit.Free
                         orderby start, provider.Name
                         select new FreeStart(provider.Id, provider.Name, WallTime.At(start, facts.Zone), verdict.RoomId);
            foreach (var start in starts)
            {
                yield return start;
            }
        }
    }

    /// <summary>When the provider sees patients here on the date: weekly hours while the location is open, and extra hours, without closures, leave and blocked time.</summary>
    public IReadOnlyList<Interval> Windows(Guid providerId, DateOnly day)
    {
        if (windows.TryGetValue((providerId, day), out var known))
        {
            return known;
        }

        var open = facts.Templates
            .Where(t => t.ProviderId == providerId && t.LocationId == facts.LocationId && t.Weekday == (int)day.DayOfWeek
                && t.ValidFrom <= day && (t.ValidTo is null || day <= t.ValidTo))
            .SelectMany(t => OpenParts(Instants(day, t.Opens, t.Closes), day))
            // Extra hours are given for a date on purpose: whoever gives them opens the door.
            .Concat(facts.Exceptions
                .Where(e => e.Kind == ScheduleException.ExtraHours && Applies(e, providerId, day))
                .Select(e => Instants(day, e.Opens!.Value, e.Closes!.Value)));
        IEnumerable<Interval> left = Joined(open);
        foreach (var away in Absences(providerId, day))
        {
            left = left.SelectMany(w => Without(w, Span(away, day)));
        }

        return windows[(providerId, day)] = [.. left];
    }

    /// <summary>Leave, blocked and held time of the date, with what was written beside it.</summary>
    public IEnumerable<(Interval During, ScheduleException Why)> Marked(Guid providerId, DateOnly day) =>
        facts.Exceptions.Where(e => e.Kind != ScheduleException.ExtraHours && Applies(e, providerId, day)).Select(e => (During: Span(e, day), e))
            .Where(m => !m.During.IsEmpty);

    public static Interval Held(AppointmentType type, Interval visit) =>
        new(visit.From.AddMinutes(-type.PrepMinutes), visit.To.AddMinutes(type.CleanUpMinutes));

    private Verdict Resources(AppointmentType type, Interval held, Guid? room)
    {
        var wanted = type.NeedsRoom || room is not null;
        var roomFree = !wanted ? null : facts.Rooms.FirstOrDefault(r => (room is null || r.Id == room) && !byRoom[r.Id].Any(b => b.RoomDuring.Overlaps(held)));
        if (wanted && roomFree is null)
        {
            return new(Fit.NoRoom);
        }

        var machine = type.EquipmentKind is null ? null : facts.Equipment?.FirstOrDefault(e => e.Kind == type.EquipmentKind && !byEquipment[e.Id].Any(b => b.RoomDuring.Overlaps(held)));
        return type.EquipmentKind is not null && machine is null
            ? new(Fit.NoEquipment, Why: type.EquipmentKind)
            : new(Fit.Free, roomFree?.Id, EquipmentId: machine?.Id);
    }

    /// <summary>Time kept for another type that is not given free yet.</summary>
    private ScheduleException? Hold(Guid providerId, AppointmentType type, DateOnly day, Interval visit) => facts.Exceptions.FirstOrDefault(e =>
        e.Kind == ScheduleException.Held && e.TypeId != type.Id && Applies(e, providerId, day) && Span(e, day).Overlaps(visit)
        && (e.ReleaseHours is not { } hours || facts.Now < Span(e, day).From.AddHours(-hours)));

    private IEnumerable<DateTimeOffset> Candidates(Guid providerId, AppointmentType type, DateOnly day, int step)
    {
        foreach (var window in Windows(providerId, day))
        {
            for (var start = window.From; start.AddMinutes(type.Minutes) <= window.To; start = start.AddMinutes(step))
            {
                yield return start;
            }
        }
    }

    private Verdict Absence(Guid providerId, DateOnly day, Interval visit)
    {
        var away = Absences(providerId, day).FirstOrDefault(e => Span(e, day).Overlaps(visit));
        if (away is null)
        {
            var open = Opening(day);
            return new(open is null || open.Any(o => o.Contains(visit)) ? Fit.OutsideHours : Fit.NotOpen);
        }

        return new(away.Kind == ScheduleException.Closure ? Fit.Closed : Fit.Away, Why: away.Reason);
    }

    /// <summary>When the location is open on the date; null when it gives no hours at all.</summary>
    private List<Interval>? Opening(DateOnly day) => facts.Open is not { Count: > 0 } week
        ? null
        : Joined(week.Where(h => h.Weekday == (int)day.DayOfWeek).Select(h => Instants(day, h.Opens, h.Closes)));

    private IEnumerable<Interval> OpenParts(Interval hours, DateOnly day) => Opening(day) is not { } open
        ? [hours]
        : open.Where(o => o.Overlaps(hours)).Select(o => new Interval(o.From > hours.From ? o.From : hours.From, o.To < hours.To ? o.To : hours.To));

    private IEnumerable<ScheduleException> Absences(Guid providerId, DateOnly day) =>
        facts.Exceptions.Where(e => e.Kind is not (ScheduleException.ExtraHours or ScheduleException.Held) && Applies(e, providerId, day));

    private bool Applies(ScheduleException e, Guid providerId, DateOnly day) =>
        e.On(day)
        && (e.ProviderId is null || e.ProviderId == providerId)
        && (e.LocationId is null || e.LocationId == facts.LocationId);

    private Interval Span(ScheduleException e, DateOnly day)
    {
        if (e is { Opens: { } opens, Closes: { } closes })
        {
            return Instants(day, opens, closes);
        }

        var (from, to) = WallTime.Day(day, facts.Zone);
        return new(from, to);
    }

    private Interval Instants(DateOnly day, TimeOnly from, TimeOnly to) =>
        new(WallTime.Instant(day, from, facts.Zone), WallTime.Instant(day, to, facts.Zone));

    /// <summary>Overlapping and touching windows become one: a visit may run from weekly into extra hours.</summary>
    private static List<Interval> Joined(IEnumerable<Interval> open)
    {
        var joined = new List<Interval>();
        foreach (var next in open.Where(w => !w.IsEmpty).OrderBy(w => w.From))
        {
            if (joined.Count > 0 && next.From <= joined[^1].To)
            {
                joined[^1] = joined[^1] with { To = next.To > joined[^1].To ? next.To : joined[^1].To };
            }
            else
            {
                joined.Add(next);
            }
        }

        return joined;
    }

    private static IEnumerable<Interval> Without(Interval window, Interval away)
    {
        if (!window.Overlaps(away))
        {
            return [window];
        }

        Interval[] parts = [new(window.From, away.From), new(away.To, window.To)];
        return parts.Where(p => !p.IsEmpty);
    }
}
