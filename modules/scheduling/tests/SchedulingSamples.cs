using Modular.Tests.Harness;

namespace Modular.Tests.Security;

/// <summary>Pages of the scheduling module.</summary>
public sealed class SchedulingSamples : EndpointSamples
{
    private static readonly Guid Row = Guid.Parse("00000000-0000-7000-8000-0000000000f2");
    private static readonly Guid Missed = Guid.Parse("00000000-0000-7000-8000-0000000000f3");

    public override Task PlantAsync(SampleRows rows) => rows.RunAsync("""
        insert into scheduling.patients (id, version, record_number, name, birth_date, sex, active, find) values (@row, 1, 'S-1', @mark, '1980-01-01', 'F', true, ' ' || lower(@mark));
        insert into scheduling.providers (id, version, name, active) values (@row, 1, @mark, true);
        insert into scheduling.bookability (id, provider_id, location_id) values (@row, @row, @place);
        insert into scheduling.appointment_types (id, name, minutes) values (@row, @mark, 20);
        insert into scheduling.cases (id, version, patient_id, kind, title, accident_on) values (@row, 1, @row, 'other', @mark, '2026-01-01');
        insert into scheduling.equipment (id, location_id, name, kind) values (@row, @place, @mark, 'Ultrasound');
        insert into scheduling.visits (id, patient_id, provider_id, location_id, type_id, patient_name, provider_name, type_name, kind, zone,
                                       starts_at, ends_at, held_from, held_to, booking_key, booked_at, booked_by)
            values (@row, @row, @row, @place, @row, @mark, @mark, @mark, 'visit', 'America/New_York',
                    '2031-03-04 15:00+00', '2031-03-04 15:20+00', '2031-03-04 15:00+00', '2031-03-04 15:20+00', @row, now(), 'somebody')
        ;
        insert into scheduling.visits (id, patient_id, provider_id, location_id, type_id, patient_name, provider_name, type_name, kind, zone,
                                       starts_at, ends_at, held_from, held_to, booking_key, booked_at, booked_by, status, ended_at, ended_by)
            values (@missed, @row, @row, @place, @row, @mark, @mark, @mark, 'visit', 'America/New_York', now() - interval '2 days',
                    now() - interval '2 days' + interval '20 minutes', now() - interval '2 days', now() - interval '2 days' + interval '20 minutes', @missed, now(), 'somebody', 'no-show', now(), 'somebody');
        insert into scheduling.series (id, patient_id, provider_id, location_id, type_id, zone, wall_time, starts_on, every, unit, times, note, made_at, made_by)
            values (@row, @row, @row, @place, @row, 'America/New_York', '09:00', '2031-03-04', 1, 'week', 4, @mark, now(), @mark)
        """, ("row", Row), ("missed", Missed), ("place", TestHost.NorthMain));

    public override IEnumerable<Sample> All =>
    [
        new("/scheduling/appointments/free", $"/scheduling/appointments/free?location={TestHost.NorthMain}&type={Row}&provider={Row}&date=2031-03-04") { AtMainStreet = true },
        new("/scheduling/appointments/book", $"/scheduling/appointments/book?location={TestHost.NorthMain}") { AtMainStreet = true },
        new("/scheduling/appointments/{id:guid}", $"/scheduling/appointments/{Row}") { AtMainStreet = true },
        new("/scheduling/appointments/{id:guid}/move", $"/scheduling/appointments/{Row}/move") { AtMainStreet = true },
        new("/scheduling/appointments/{id:guid}/move/times", $"/scheduling/appointments/{Row}/move/times") { AtMainStreet = true },
        new("/scheduling/equipment/edit/{id:guid?}", $"/scheduling/equipment/edit/{Row}") { AtMainStreet = true },
        new("/scheduling/appointments/{id:guid}/case", $"/scheduling/appointments/{Row}/case") { AtMainStreet = true },
        new("/scheduling/appointments/{id:guid}/cancel", $"/scheduling/appointments/{Row}/cancel") { AtMainStreet = true },
        new("/scheduling/appointments/{id:guid}/card", $"/scheduling/appointments/{Row}/card") { AtMainStreet = true },
        new("/scheduling/days/{date?}", $"/scheduling/days/2031-03-04?location={TestHost.NorthMain}") { AtMainStreet = true },
        new("/scheduling/days/{date}/columns/{provider:guid}", $"/scheduling/days/2031-03-04/columns/{Row}?location={TestHost.NorthMain}") { AtMainStreet = true },
        new("/scheduling/board/{date?}", $"/scheduling/board/2031-03-04?location={TestHost.NorthMain}") { AtMainStreet = true },
        new("/scheduling/board/{date}/columns/{id:guid}", $"/scheduling/board/2031-03-04/columns/{Row}?location={TestHost.NorthMain}") { AtMainStreet = true },
        new("/scheduling/board/{date}/top", $"/scheduling/board/2031-03-04/top?location={TestHost.NorthMain}") { AtMainStreet = true },
        new("/scheduling/board/note/{location:guid}/{date}", $"/scheduling/board/note/{TestHost.NorthMain}/2031-03-04") { AtMainStreet = true },
        new("/scheduling/board/peek/{id:guid}", $"/scheduling/board/peek/{Row}") { AtMainStreet = true },
        new("/scheduling/appointments/{id:guid}/check-in", $"/scheduling/appointments/{Row}/check-in") { AtMainStreet = true },
        new("/scheduling/appointments/{id:guid}/check-out", $"/scheduling/appointments/{Row}/check-out") { AtMainStreet = true },
        new("/scheduling/prints/day-sheet/{date?}", $"/scheduling/prints/day-sheet/2031-03-04?location={TestHost.NorthMain}") { AtMainStreet = true },
        new("/scheduling/prints/label/{id:guid}", $"/scheduling/prints/label/{Row}") { AtMainStreet = true },
        new("/scheduling/prints/note/{id:guid}", $"/scheduling/prints/note/{Row}") { AtMainStreet = true },
        new("/scheduling/no-shows/letter/{id:guid}", $"/scheduling/no-shows/letter/{Missed}") { AtMainStreet = true },
        // A patient with a visit to come is not due for a recall.
        new("/scheduling/recalls/letter/{id:guid}", $"/scheduling/recalls/letter/{Missed}") { Answer = 404 },
        new("/scheduling/prints/face-sheet/{id:guid}", $"/scheduling/prints/face-sheet/{Row}") { AtMainStreet = true },
        new("/scheduling/prints/next-visits/{patient:guid}", $"/scheduling/prints/next-visits/{Row}"),
        new("/scheduling/cases/choose", $"/scheduling/cases/choose?patient={Row}"),
        new("/scheduling/series/{id:guid}", $"/scheduling/series/{Row}") { AtMainStreet = true },
        new("/scheduling/series/change/{id:guid}", $"/scheduling/series/change/{Row}") { AtMainStreet = true },
        new("/scheduling/series/book", $"/scheduling/series/book?patient={Row}&location={TestHost.NorthMain}") { AtMainStreet = true },
        new("/scheduling/hours/{provider:guid?}", $"/scheduling/hours/{Row}?location={TestHost.NorthMain}"),
        new("/scheduling/types/edit/{id:guid?}", $"/scheduling/types/edit/{Row}"),
    ];
}
