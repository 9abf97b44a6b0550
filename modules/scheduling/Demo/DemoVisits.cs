using Modular.Scheduling.Appointments;
using Modular.Scheduling.FreeTime;
using Modular.Scheduling.Setup;
using Modular.Sdk;

namespace Modular.Scheduling.Demo;

/// <summary>
/// Walks through each provider's day and puts visits where nothing is. What goes where follows from a number made of provider,
/// day and hour, so that the same day asked again gives the same visits, and more of them as it comes nearer.
/// </summary>
public sealed class DemoVisits(Availability availability, IReadOnlyList<AppointmentType> types, DemoPatient[] patients, DateOnly today, DateTimeOffset now)
{
    private readonly ScheduleFacts facts = availability.Facts;
    private readonly ILookup<Guid, Interval> busy = availability.Facts.Busy.ToLookup(b => b.ProviderId, b => b.During);
    private readonly ILookup<Guid?, Interval> rooms = availability.Facts.Busy.ToLookup(b => b.RoomId, b => b.RoomDuring);

    public IEnumerable<Visit> Make(DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            var seen = new HashSet<Guid>();
            for (var i = 0; i < facts.Providers.Count; i++)
            {
                // A room a provider, so that two never wait for one.
                var room = facts.Rooms.Count > i ? facts.Rooms[i].Id : (Guid?)null;
                foreach (var visit in Walk(facts.Providers[i], room, day, seen))
                {
                    yield return visit;
                }
            }
        }
    }

    private IEnumerable<Visit> Walk(Bookable provider, Guid? room, DateOnly day, HashSet<Guid> seen)
    {
        var heldUntil = DateTimeOffset.MinValue;
        foreach (var window in availability.Windows(provider.Id, day))
        {
            var at = window.From;
            while (at.AddMinutes(10) <= window.To)
            {
                var luck = new Random(HashCode.Combine(Stable(provider.Id), day.DayNumber, at.UtcTicks / TimeSpan.TicksPerMinute));
                var type = types[Weighted(luck, room is not null)];
                var during = new Interval(at, at.AddMinutes(type.Minutes));
                var held = Availability.Held(type, during);
                var taken = busy[provider.Id].FirstOrDefault(b => b.Overlaps(during), new(default, default));
                if (taken.To != default)
                {
                    at = taken.To;
                    continue;
                }

                var roomFree = !type.NeedsRoom || (held.From >= heldUntil && !rooms[room].Any(r => r.Overlaps(held)));
                var patient = patients[luck.Next(patients.Length)];
                if (during.To <= window.To && roomFree && luck.NextDouble() < Density(day) && seen.Add(patient.Id))
                {
                    heldUntil = type.NeedsRoom ? held.To : heldUntil;
                    yield return Visit(provider, type, patient, during, held, luck, room);
                }

                at = during.To;
            }
        }
    }

    /// <summary>Full today and before, thinner with every week ahead.</summary>
    private double Density(DateOnly day) => (day.DayNumber - today.DayNumber) switch
    {
        <= 0 => 0.9,
        <= 7 => 0.75,
        <= 21 => 0.5,
        <= 42 => 0.25,
        _ => 0.1,
    };

    private int Weighted(Random luck, bool hasRoom)
    {
        var index = luck.Next(types.Count + 3);
        // Follow-ups are most of a day.
        return index >= types.Count || (types[index].NeedsRoom && !hasRoom) ? types.Index().First(t => t.Item.Name == "Follow-up").Index : index;
    }

    private Visit Visit(Bookable provider, AppointmentType type, DemoPatient patient, Interval during, Interval held, Random luck, Guid? room)
    {
        var booked = during.From.AddDays(-luck.Next(1, 40)).AddMinutes(-luck.Next(600));
        var visit = new Visit
        {
            PatientId = patient.Id, ProviderId = provider.Id, RoomId = type.NeedsRoom ? room : null, LocationId = facts.LocationId, TypeId = type.Id,
            PatientName = patient.Name, ProviderName = provider.Name, TypeName = type.Name, Kind = type.Kind, Zone = facts.Zone,
            Telehealth = type.Telehealth, StartsAt = during.From, EndsAt = during.To, HeldFrom = held.From, HeldTo = held.To,
            BookingKey = Guid.CreateVersion7(), BookedAt = booked < now ? booked : now.AddHours(-1), BookedBy = "Paula Brandt",
        };
        visit.Write("Booked", visit.BookedAt, visit.BookedBy, "info");
        DemoProgress.Live(visit, now, luck, type.Telehealth ? null : room);
        return visit;
    }

    private static int Stable(Guid id) => BitConverter.ToInt32(id.ToByteArray(), 12);
}
