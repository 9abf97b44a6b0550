using Modular.Scheduling.Appointments;
using Modular.Sdk;
using Npgsql;

namespace Modular.Scheduling.Board;

/// <summary>A visit as the board shows it.</summary>
public sealed record BoardVisit(
    Guid Id, int Version, Guid PatientId, Guid ProviderId, string ProviderName, Guid? RoomId, string Patient, Guid TypeId, string Type, string Kind, VisitStatus Status,
    DateTimeOffset Start, DateTimeOffset End, bool Overbooked, bool Confirmed, bool TellPatient)
{
    public static NpgsqlBatchCommand Query(Location location, DateOnly date)
    {
        var (from, to) = WallTime.Day(date, location.Zone);
        return new("""
            select id, version, patient_id, provider_id, provider_name, room_id, patient_name, type_id, type_name, kind, status, starts_at, ends_at,
                   overbooked, confirmed_at is not null, tell_patient
            from scheduling.visits where location_id = $1 and starts_at >= $2 and starts_at < $3 and status <> 'canceled' order by starts_at, id
            """)
        {
            Parameters = { new() { Value = location.Id }, new() { Value = from }, new() { Value = to } },
        };
    }

    public static BoardVisit Read(NpgsqlDataReader r) => new(
        r.GetGuid(0), r.GetInt32(1), r.GetGuid(2), r.GetGuid(3), r.GetString(4), r.IsDBNull(5) ? null : r.GetGuid(5), r.GetString(6), r.GetGuid(7),
        r.GetString(8), r.GetString(9), States.Read<VisitStatus>(r.GetString(10)), r.GetFieldValue<DateTimeOffset>(11), r.GetFieldValue<DateTimeOffset>(12), r.GetBoolean(13), r.GetBoolean(14), r.GetBoolean(15));

    /// <summary>What a calendar shows of a shut chart: that the time is taken.</summary>
    public BoardVisit TimeAlone() => this with { PatientId = Guid.Empty, Patient = Visit.Restricted, TypeId = Guid.Empty, Type = "", Kind = "visit", Overbooked = false, TellPatient = false };

    /// <summary>Word and sign of where it stands: never by color alone.</summary>
    public (string Css, string Sign, string Word) Mark(bool late) => Status switch
    {
        VisitStatus.Arrived => ("here", "●", "Here"),
        VisitStatus.CheckedOut => ("done", "✓", "Done"),
        VisitStatus.NoShow => ("done gone", "✕", "No-show"),
        _ when late => ("late", "!", "Late"),
        _ when TellPatient => ("open", "☎", "Patient not told"),
        _ when !Confirmed => ("open", "?", "Unconfirmed"),
        _ => ("", "", "Confirmed"),
    };
}
