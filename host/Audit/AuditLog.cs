using System.Text.Json;
using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Audit;

/// <summary>What the privacy officer asks: who saw this patient, whom did this person see, what happened to this row.</summary>
public sealed class AuditQuestion
{
    public Guid? Patient { get; set; }
    public Guid? Person { get; set; }
    public Guid? Row { get; set; }

    /// <summary><c>access</c>, <c>change</c>, or nothing for both.</summary>
    public string? Log { get; set; }

    public DateOnly? From { get; set; }
    public DateOnly? To { get; set; }
}

/// <param name="Values">Column → before and after; null when there are none or they were erased.</param>
/// <param name="Through">The program that acted for the person; null when they acted themselves.</param>
public sealed record AuditEntry(
    Guid Id,
    DateTimeOffset At,
    string Log,
    Guid? PersonId,
    string Person,
    string Module,
    string Place,
    string What,
    string? Table,
    Guid? RowId,
    Guid[] Patients,
    string? Reason,
    long? Seq,
    IReadOnlyDictionary<string, string[]>? Values,
    string? Through);

/// <summary>Reads the two logs. That somebody saw or changed a restricted chart is for the privacy officer; what is in it is not.</summary>
public sealed class AuditLog(Work work, IPractice practice, DataScope data)
{
    public async Task<ListPage<AuditEntry>> PageAsync(AuditQuestion question, ListQuery query, CancellationToken ct)
    {
        var (where, parameters) = Where(question);
        var connection = await work.OpenAsync(ct);
        var total = await connection.QueryAsync($"select count(*)::int from audit.entries e where {where}", parameters, r => r.GetInt32(0), ct);
        var rows = await connection.QueryAsync($"{Select} where {where} order by e.at desc, e.id desc limit {ListQuery.PageSize} offset {query.Skip}", parameters, Read, ct);
        return new([.. rows.Select(Masked)], total[0], query);
    }

    /// <summary>All of it, newest first, a row at a time.</summary>
    public async IAsyncEnumerable<AuditEntry> AllAsync(AuditQuestion question, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var (where, parameters) = Where(question);
        var connection = await work.OpenAsync(ct);
        await using var command = connection.Command($"{Select} where {where} order by e.at desc, e.id desc", parameters);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            yield return Masked(Read(reader));
        }
    }

    /// <summary>What the patients and persons of a page are called, as far as they are still known.</summary>
    public async Task<Dictionary<Guid, string>> PatientNamesAsync(IEnumerable<AuditEntry> entries, Guid? asked, CancellationToken ct)
    {
        var ids = entries.SelectMany(e => e.Patients).Concat(asked is { } id ? [id] : []).Distinct().Except(data.ShutPatients).ToArray();
        var connection = await work.OpenAsync(ct);
        var names = await connection.QueryAsync("select distinct on (patient_id) patient_id, title from core.search where patient_id = any($1) and entity_id = patient_id",
            [ids], r => (r.GetGuid(0), r.GetString(1)), ct);
        return names.ToDictionary(n => n.Item1, n => n.Item2);
    }

    /// <summary>Whose values the answer to a question shows: whoever reads them has seen these patients.</summary>
    public async Task<Guid[]> PatientsWithValuesAsync(AuditQuestion question, CancellationToken ct)
    {
        var (where, parameters) = Where(question);
        var found = await (await work.OpenAsync(ct)).QueryAsync(
            $"select distinct unnest(audit.patients_of(e.patient_ids, e.list_digest)) from audit.entries e join audit.entry_values v on v.entry_id = e.id where {where}",
            parameters, r => r.GetGuid(0), ct);
        return [.. found.Except(data.ShutPatients)];
    }

    public async Task<IReadOnlyList<(Guid Id, string Name)>> PeopleAsync(CancellationToken ct) =>
        await (await work.OpenAsync(ct)).QueryAsync("select id, name from core.people union all select id, name || ' (program)' from core.programs order by 2", [], r => (r.GetGuid(0), r.GetString(1)), ct);

    private const string Select = """
        select e.id, e.at, e.log, e.person_id, e.person_name, e.module, e.place, e.what, e.table_name, e.row_id, audit.patients_of(e.patient_ids, e.list_digest), e.reason, e.seq, v.body::text,
               p.name
        from audit.entries e left join audit.entry_values v on v.entry_id = e.id left join core.programs p on p.id = e.program_id
        """;

    /// <summary>Only the conditions asked for, so that each uses its own index.</summary>
    private (string Where, object[] Parameters) Where(AuditQuestion q)
    {
        var conditions = new List<string> { "true" };
        var parameters = new List<object>();
        void Add(string condition, object value)
        {
            parameters.Add(value);
            conditions.Add(condition.Replace("?", $"${parameters.Count}", StringComparison.Ordinal));
        }

        if (q.Patient is { } patient)
        {
            Add("""
                ((e.patient_ids @> array[?::uuid] and e.patient_ids <> '{}')
                or e.list_digest = any(array(select l.digest from audit.patient_lists l where l.patient_ids @> array[?::uuid])))
                """, patient);
        }

        if (q.Person is { } person)
        {
            Add("(e.person_id = ? or e.program_id = ?)", person);
        }

        if (q.Row is { } row)
        {
            Add("e.row_id = ?", row);
        }

        if (q.Log is AuditTrail.Access or AuditTrail.Change)
        {
            Add("e.log = ?", q.Log);
        }

        if (q.From is { } from)
        {
            Add("e.at >= ?", WallTime.Day(from, practice.Zone).From);
        }

        if (q.To is { } to)
        {
            Add("e.at < ?", WallTime.Day(to, practice.Zone).To);
        }

        return (string.Join(" and ", conditions), [.. parameters]);
    }

    private AuditEntry Masked(AuditEntry entry) => entry.Patients.Any(data.ShutPatients.Contains) ? entry with { Values = null } : entry;

    private static AuditEntry Read(NpgsqlDataReader r) => new(
        r.GetGuid(0), r.GetFieldValue<DateTimeOffset>(1), r.GetString(2), r.GuidOrNull(3), r.GetString(4), r.GetString(5), r.GetString(6), r.GetString(7),
        r.TextOrNull(8), r.GuidOrNull(9), r.GetFieldValue<Guid[]>(10), r.TextOrNull(11), r.IsDBNull(12) ? null : r.GetInt64(12), Values(r.TextOrNull(13)), r.TextOrNull(14));

    private static Dictionary<string, string[]>? Values(string? json) => json is null ? null
        : JsonSerializer.Deserialize<Dictionary<string, JsonElement[]>>(json)!.ToDictionary(v => v.Key, v => v.Value.Select(x => x.ToString()).Concat(["", ""]).Take(2).ToArray());
}
