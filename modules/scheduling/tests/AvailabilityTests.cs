using FsCheck;
using FsCheck.Fluent;
using Modular.Scheduling.FreeTime;
using Modular.Scheduling.Setup;
using Modular.Sdk;
using Interval = Modular.Scheduling.FreeTime.Interval;

namespace Modular.Tests.Scheduling;

/// <summary>Rules G 70 and complaints 6, 9, 10: intervals, wall time, one function for search and booking.</summary>
public sealed class AvailabilityTests
{
    private static readonly Guid Place = Guid.CreateVersion7();
    private static readonly Guid Cole = Guid.CreateVersion7();
    private static readonly Guid Vale = Guid.CreateVersion7();
    private static readonly Guid RoomOne = Guid.CreateVersion7();
    private static readonly Guid RoomTwo = Guid.CreateVersion7();

    private static readonly string[] Zones =
        ["America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix", "Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns"];

    // Both clock changes of 2026 in these zones, and a plain week.
    private static readonly DateOnly[] Dates =
        [new(2026, 3, 8), new(2026, 3, 29), new(2026, 4, 5), new(2026, 10, 4), new(2026, 10, 25), new(2026, 11, 1), new(2026, 6, 10)];

    private static readonly AppointmentType Visit20 = new() { Name = "Follow-up", Minutes = 20 };

    [Fact]
    public void What_is_offered_is_never_refused_and_lies_in_the_hours_beside_no_other_visit()
    {
        Prop.ForAll(Cases().ToArbitrary(), Holds).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

        static bool Holds(Case c)
        {
            var availability = new Availability(c.Facts);
            return availability.Starts(c.Type, c.Day, c.Day.AddDays(1), DateTimeOffset.MinValue, c.Step).All(start =>
                availability.Check(start.ProviderId, c.Type, start.Start).Fit == Fit.Free && FitsByTheMinute(c, start));
        }
    }

    [Fact]
    public void Every_start_on_the_grid_that_fits_is_offered()
    {
        Prop.ForAll(Cases().ToArbitrary(), Holds).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

        static bool Holds(Case c)
        {
            var availability = new Availability(c.Facts);
            var offered = availability.Starts(c.Type, c.Day, c.Day, DateTimeOffset.MinValue, c.Step).Select(s => (s.ProviderId, s.Start)).ToHashSet();
            return c.Facts.Providers.All(p => availability.Windows(p.Id, c.Day).All(w =>
                Grid(w, c).All(start => offered.Contains((p.Id, start)) == FitsByTheMinute(c, new(p.Id, p.Name, start, null)))));
        }

        static IEnumerable<DateTimeOffset> Grid(Interval window, Case c)
        {
            for (var start = window.From; start.AddMinutes(c.Type.Minutes) <= window.To; start = start.AddMinutes(c.Step))
            {
                yield return start;
            }
        }
    }

    /// <summary>The same law written the slow way: minute by minute on the wall, without intervals.</summary>
    private static bool FitsByTheMinute(Case c, FreeStart start)
    {
        var minutes = Enumerable.Range(0, c.Type.Minutes).Select(i => start.Start.AddMinutes(i)).ToList();
        var open = minutes.All(m => OnTheWall(c, start.ProviderId, m));
        var free = !minutes.Any(m => c.Facts.Busy.Any(b => b.ProviderId == start.ProviderId && b.During.From <= m && m < b.During.To));
        var held = Enumerable.Range(-c.Type.PrepMinutes, c.Type.Minutes + c.Type.PrepMinutes + c.Type.CleanUpMinutes).Select(i => start.Start.AddMinutes(i)).ToList();
        var room = !c.Type.NeedsRoom || c.Facts.Rooms.Any(r => !held.Any(m => c.Facts.Busy.Any(b => b.RoomId == r.Id && b.RoomDuring.From <= m && m < b.RoomDuring.To)));
        var machine = c.Type.EquipmentKind is null || c.Facts.Equipment!.Any(e => !held.Any(m => c.Facts.Busy.Any(b => b.EquipmentId == e.Id && b.RoomDuring.From <= m && m < b.RoomDuring.To)));
        return open && free && room && machine && !minutes.Any(m => IsKept(c, start.ProviderId, m));
    }

    private static bool IsKept(Case c, Guid provider, DateTimeOffset minute)
    {
        var wall = WallTime.At(minute, c.Facts.Zone);
        var day = DateOnly.FromDateTime(wall.DateTime);
        return c.Facts.Exceptions.Any(e => e.Kind == ScheduleException.Held && e.ProviderId == provider && e.TypeId != c.Type.Id && e.FromDate <= day && day <= e.ToDate
            && e.Weekdays!.Contains((int)day.DayOfWeek)
            && WallTime.Instant(day, e.Opens!.Value, c.Facts.Zone) <= minute && minute < WallTime.Instant(day, e.Closes!.Value, c.Facts.Zone)
            && c.Facts.Now < WallTime.Instant(day, e.Opens!.Value, c.Facts.Zone).AddHours(-e.ReleaseHours!.Value));
    }

    private static bool OnTheWall(Case c, Guid provider, DateTimeOffset minute)
    {
        var wall = WallTime.At(minute, c.Facts.Zone);
        var (day, time) = (DateOnly.FromDateTime(wall.DateTime), TimeOnly.FromDateTime(wall.DateTime));
        bool Covers(TimeOnly from, TimeOnly to) => WallTime.Instant(day, from, c.Facts.Zone) <= minute && minute < WallTime.Instant(day, to, c.Facts.Zone);
        var here = c.Facts.Exceptions.Where(e => e.FromDate <= day && day <= e.ToDate && (e.ProviderId ?? provider) == provider).ToList();
        var works = c.Facts.Templates.Any(t => t.ProviderId == provider && t.Weekday == (int)day.DayOfWeek && Covers(t.Opens, t.Closes))
            || here.Any(e => e.Kind == ScheduleException.ExtraHours && Covers(e.Opens!.Value, e.Closes!.Value));
        return works && !here.Any(e => e.Kind is not (ScheduleException.ExtraHours or ScheduleException.Held) && (e.Opens is null || Covers(e.Opens.Value, e.Closes!.Value)));
    }

    [Theory]
    [InlineData("America/New_York", "2026-03-08")]
    [InlineData("America/Chicago", "2026-03-08")]
    [InlineData("America/Denver", "2026-03-08")]
    [InlineData("America/Los_Angeles", "2026-03-08")]
    [InlineData("America/Anchorage", "2026-03-08")]
    [InlineData("America/St_Johns", "2026-03-08")]
    public void No_start_is_offered_in_the_hour_that_spring_skips(string zone, string date)
    {
        var day = DateOnly.Parse(date);

        var starts = Starts(zone, day, new(1, 0), new(5, 0)).Select(s => s.Start.ToString("HH:mm", null)).ToList();

        Assert.DoesNotContain(starts, s => s.StartsWith("02", StringComparison.Ordinal));
        Assert.Contains("01:40", starts);
        Assert.Contains("03:00", starts);
        // Four hours on the wall are three in the day: nine visits of twenty minutes.
        Assert.Equal(9, starts.Count);
    }

    /// <summary>It began in the hour that is skipped, so it moved on by an hour and past its own end: nothing is left of it to be in the way.</summary>
    [Theory]
    [InlineData(ScheduleException.Blocked)]
    [InlineData(ScheduleException.Held)]
    public void Time_whose_beginning_spring_skips_past_its_end_is_in_nobodys_way(string kind)
    {
        var day = new DateOnly(2026, 3, 29);
        var facts = Facts("Europe/Berlin", [Hours(Cole, day, new(1, 0), new(6, 0))]) with
        {
            Exceptions =
            [
                new() { Kind = kind, ProviderId = Cole, FromDate = day, ToDate = day, Opens = new(2, 50), Closes = new(3, 20), TypeId = Guid.CreateVersion7(), Reason = "Meeting" },
            ],
        };
        var availability = new Availability(facts);

        Assert.Equal(12, availability.Starts(Visit20, day, day, DateTimeOffset.MinValue, 20).Count());
        Assert.Single(availability.Windows(Cole, day));
        Assert.Empty(availability.Marked(Cole, day));
    }

    [Theory]
    [InlineData("America/New_York", "2026-11-01", -4, -5)]
    [InlineData("America/Chicago", "2026-11-01", -5, -6)]
    [InlineData("America/Denver", "2026-11-01", -6, -7)]
    [InlineData("America/Los_Angeles", "2026-11-01", -7, -8)]
    [InlineData("America/Anchorage", "2026-11-01", -8, -9)]
    [InlineData("America/Halifax", "2026-11-01", -3, -4)]
    public void The_hour_that_autumn_repeats_is_offered_twice_and_keeps_its_offset(string zone, string date, int first, int second)
    {
        var starts = Starts(zone, DateOnly.Parse(date), new(1, 0), new(2, 0));

        Assert.Equal([first, first, first, second, second, second], starts.Select(s => s.Start.Offset.Hours));
        Assert.Equal(["01:00", "01:20", "01:40", "01:00", "01:20", "01:40"], starts.Select(s => s.Start.ToString("HH:mm", null)));
    }

    [Theory]
    [InlineData("America/New_York")]
    [InlineData("America/Chicago")]
    [InlineData("America/Denver")]
    [InlineData("America/Los_Angeles")]
    [InlineData("America/Phoenix")]
    [InlineData("America/Anchorage")]
    public void Nine_in_the_morning_stays_nine_on_both_sides_of_a_clock_change(string zone)
    {
        foreach (var day in new[] { new DateOnly(2026, 3, 6), new(2026, 3, 9), new(2026, 10, 30), new(2026, 11, 2) })
        {
            Assert.Equal("09:00", Starts(zone, day, new(9, 0), new(10, 0))[0].Start.ToString("HH:mm", null));
        }
    }

    [Fact]
    public void A_half_hour_visit_in_a_ten_minute_grid_takes_all_of_its_time()
    {
        var day = new DateOnly(2026, 6, 10);
        var nine = WallTime.Instant(day, new(9, 0), "America/New_York");
        var busy = new BusyTime(Cole, null, new(nine, nine.AddMinutes(30)), new(nine, nine.AddMinutes(30)));

        var starts = Starts("America/New_York", day, new(8, 40), new(10, 0), busy, step: 10);

        Assert.Equal(["08:40", "09:30", "09:40"], starts.Select(s => s.Start.ToString("HH:mm", null)));
    }

    [Fact]
    public void Preparation_and_clean_up_hold_the_room_but_not_the_provider()
    {
        var day = new DateOnly(2026, 6, 10);
        var procedure = new AppointmentType { Name = "Procedure", Minutes = 30, PrepMinutes = 10, CleanUpMinutes = 10, NeedsRoom = true };
        var nine = WallTime.Instant(day, new(9, 0), "America/New_York");
        var busy = new BusyTime(Vale, RoomOne, new(nine, nine.AddMinutes(30)), new(nine.AddMinutes(-10), nine.AddMinutes(40)));
        var availability = new Availability(Facts("America/New_York", [Hours(Cole, day, new(8, 0), new(12, 0)), Hours(Vale, day, new(8, 0), new(12, 0))], busy) with { Rooms = [new(RoomOne, "Room 1")] });

        Assert.Equal(Fit.NoRoom, availability.Check(Cole, procedure, nine.AddMinutes(40)).Fit);
        Assert.Equal(new Verdict(Fit.Free, RoomOne), availability.Check(Cole, procedure, nine.AddMinutes(50)));
        Assert.Equal(Fit.Free, availability.Check(Vale, Visit20, nine.AddMinutes(30)).Fit);
    }

    [Fact]
    public void A_refusal_says_why()
    {
        var day = new DateOnly(2026, 6, 10);
        var facts = Facts("America/New_York", [Hours(Cole, day, new(8, 0), new(12, 0)), Hours(Vale, day, new(8, 0), new(12, 0))]) with
        {
            Exceptions =
            [
                new() { Kind = ScheduleException.Leave, ProviderId = Cole, FromDate = day, ToDate = day.AddDays(3), Reason = "Vacation" },
                new() { Kind = ScheduleException.Closure, LocationId = Place, FromDate = day, ToDate = day, Opens = new(10, 0), Closes = new(11, 0), Reason = "Fire drill" },
            ],
        };
        var availability = new Availability(facts);
        DateTimeOffset At(int hour) => WallTime.Instant(day, new(hour, 0), "America/New_York");

        Assert.Equal(new Verdict(Fit.Away, Why: "Vacation"), availability.Check(Cole, Visit20, At(9)));
        Assert.Equal(new Verdict(Fit.Closed, Why: "Fire drill"), availability.Check(Vale, Visit20, At(10)));
        Assert.Equal(Fit.OutsideHours, availability.Check(Vale, Visit20, At(14)).Fit);
        Assert.Equal(Fit.NotBookable, availability.Check(Guid.CreateVersion7(), Visit20, At(9)).Fit);
        Assert.Equal(Fit.Free, availability.Check(Vale, Visit20, At(11)).Fit);
    }

    private static List<FreeStart> Starts(string zone, DateOnly day, TimeOnly from, TimeOnly to, BusyTime? busy = null, int step = 20) =>
        [.. new Availability(Facts(zone, [Hours(Cole, day, from, to)], busy)).Starts(Visit20, day, day, DateTimeOffset.MinValue, step)];

    private static Template Hours(Guid provider, DateOnly day, TimeOnly from, TimeOnly to) =>
        new() { ProviderId = provider, LocationId = Place, Weekday = (int)day.DayOfWeek, Opens = from, Closes = to, ValidFrom = new(2026, 1, 1) };

    private static ScheduleFacts Facts(string zone, Template[] hours, BusyTime? busy = null) =>
        new(Place, "Main Street", zone, [new(Cole, "Dr. Cole"), new(Vale, "Dr. Vale")], [new(RoomOne, "Room 1"), new(RoomTwo, "Room 2")], hours, [], busy is null ? [] : [busy]);

    private sealed record Case(ScheduleFacts Facts, AppointmentType Type, DateOnly Day, int Step);

    private static Gen<Case> Cases() =>
        from zone in Gen.Elements(Zones)
        from day in Gen.Elements(Dates)
        from step in Gen.Elements(5, 10, 15)
        from minutes in Gen.Elements(15, 20, 30, 45)
        from prep in Gen.Elements(0, 5, 10)
        from needsRoom in Gen.Elements(true, false)
        from hours in Gen.ListOf(Span(), 4)
        from busy in Gen.ListOf(Span(), 5)
        from off in Gen.ListOf(Span(), 2)
        from kept in Gen.ListOf(Span(), 2)
        from hoursAhead in Gen.Choose(-30, 30)
        from machine in Gen.Elements(true, false)
        let provider = (Func<int, Guid>)(i => i % 2 == 0 ? Cole : Vale)
        select new Case(
            Facts(zone, [.. hours.Select((h, i) => Hours(provider(i), day.AddDays(i / 2 % 2), h.From, h.To))]) with
            {
                Busy = [.. busy.Select((b, i) => Busy(provider(i), i % 3 == 0 ? null : i % 3 == 1 ? RoomOne : RoomTwo, day, b, zone))],
                Exceptions = [.. off.Select((o, i) => Off(i, day, o)), .. kept.Select((k, i) => Kept(i, day, k))],
                Equipment = [new(RoomOne, "Ultrasound")],
                Now = WallTime.Day(day, zone).From.AddHours(hoursAhead),
            },
            new AppointmentType { Name = "Any", Minutes = minutes, PrepMinutes = prep, CleanUpMinutes = prep, NeedsRoom = needsRoom, EquipmentKind = machine ? "Ultrasound" : null }, day, step);

    private static BusyTime Busy(Guid provider, Guid? room, DateOnly day, (TimeOnly From, TimeOnly To) span, string zone)
    {
        var from = WallTime.Instant(day, span.From, zone);
        var to = from.AddMinutes(25);
        return new(provider, room, new(from, to), new(from.AddMinutes(-5), to.AddMinutes(5)), room == RoomOne ? RoomOne : null);
    }

    private static ScheduleException Off(int i, DateOnly day, (TimeOnly From, TimeOnly To) span) => i == 0
        ? new() { Kind = ScheduleException.ExtraHours, ProviderId = Cole, LocationId = Place, FromDate = day, ToDate = day, Opens = span.From, Closes = span.To, Reason = "Saturday clinic" }
        : new() { Kind = ScheduleException.Blocked, ProviderId = Cole, FromDate = day, ToDate = day.AddDays(1), Opens = span.From, Closes = span.To, Reason = "Meeting" };

    /// <summary>Time kept for another type on some weekdays, given free ten hours before.</summary>
    private static ScheduleException Kept(int i, DateOnly day, (TimeOnly From, TimeOnly To) span) => new()
    {
        Kind = ScheduleException.Held, ProviderId = i == 0 ? Cole : Vale, LocationId = Place, FromDate = day, ToDate = day.AddDays(1), Weekdays = [(int)day.DayOfWeek],
        Opens = span.From, Closes = span.To, TypeId = Guid.CreateVersion7(), ReleaseHours = 10, Reason = "New patients",
    };

    /// <summary>Mostly at night, where the clocks change.</summary>
    private static Gen<(TimeOnly From, TimeOnly To)> Span() =>
        from start in Gen.Choose(0, 40)
        from length in Gen.Choose(2, 20)
        let opens = new TimeOnly(0, 0).AddMinutes(start * 10)
        select (opens, opens.AddMinutes(length * 15));
}
