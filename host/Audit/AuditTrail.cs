using System.Security.Cryptography;
using System.Text;
using Modular.Host.Callers;
using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Host.Programs;
using Modular.Host.Rights;
using Modular.Sdk;
using Npgsql;
using NpgsqlTypes;

namespace Modular.Host.Audit;

/// <summary>What one entry of the access or change log says; who, when and where the trail adds.</summary>
/// <param name="Values">Before and after as JSON, kept apart so that it can be erased.</param>
public sealed record AuditNote(
    string Log,
    string Module,
    string What,
    string? Table = null,
    Guid? RowId = null,
    IReadOnlyCollection<Guid>? Patients = null,
    string? Reason = null,
    string? Values = null);

/// <summary>
/// Gathers the entries of one scope and writes them in one round trip just before the write commits:
/// the entry exists exactly when the change does.
/// </summary>
public sealed class AuditTrail(ScopeContext scope, AuditPlace place, AuditSealer sealer, PatientLists lists, TimeProvider clock)
{
    public const string Access = "access";
    public const string Change = "change";

    private List<AuditNote>? gathered;
    private int round;

    /// <summary>While set, saved rows are not logged one by one: an import is one entry with the file's digest.</summary>
    public bool Quiet { get; set; }

    public void Add(Work work, AuditNote note)
    {
        // A discarded write must not leave its entries to the next one.
        if (gathered is null || round != work.Round)
        {
            var notes = gathered = [];
            round = work.Round;
            work.AddRows(batch => Write(work, notes, batch));
            var practice = scope.Practice.Id;
            work.AfterCommit(() => sealer.Touch(practice));
        }

        gathered.Add(note);
    }

    private void Write(Work work, List<AuditNote> notes, NpgsqlBatch batch)
    {
        gathered = null;
        foreach (var note in notes)
        {
            var id = Guid.CreateVersion7();
            var salt = note.Values is null ? null : RandomNumberGenerator.GetBytes(16);
            Guid[] patients = note.Patients?.Distinct().ToArray() ?? [];
            var list = lists.Of(work, scope.Practice.Id, patients, batch);
            batch.BatchCommands.Add(Entry(id, note, salt, list is null ? patients : [], list));
            if (salt is not null)
            {
                batch.BatchCommands.Add(new("insert into audit.entry_values (entry_id, patient_id, salt, body) values ($1, $2, $3, $4)")
                {
                    Parameters =
                    {
                        new() { Value = id },
                        Sql.Uuid(note.Patients?.Count == 1 ? note.Patients.First() : null),
                        new() { Value = salt },
                        new() { Value = note.Values, NpgsqlDbType = NpgsqlDbType.Json },
                    },
                });
            }
        }
    }

    private NpgsqlBatchCommand Entry(Guid id, AuditNote note, byte[]? salt, Guid[] patients, byte[]? list) => new("""
        insert into audit.entries
            (id, at, log, person_id, person_name, session_id, correlation_id, module, place, what, table_name, row_id, patient_ids, reason, values_digest, list_digest, program_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        """)
    {
        Parameters =
        {
            new() { Value = id },
            new() { Value = clock.GetUtcNow() },
            new() { Value = note.Log },
            Sql.Uuid(scope.Actor.Id),
            new() { Value = scope.Actor.Name },
            Sql.Text(place.Session),
            new() { Value = scope.CorrelationId },
            new() { Value = note.Module },
            new() { Value = place.Name },
            new() { Value = note.What.Length > 200 ? note.What[..200] : note.What },
            Sql.Text(note.Table),
            Sql.Uuid(note.RowId),
            new() { Value = patients },
            Sql.Text(note.Reason is { Length: > 500 } reason ? reason[..500] : note.Reason),
            new() { Value = salt is null ? DBNull.Value : ValuesDigest(salt, note.Values!), NpgsqlDbType = NpgsqlDbType.Bytea },
            new() { Value = (object?)list ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea },
            // A program by itself is who acts; beside a person it is what they acted through.
            Sql.Uuid(scope.Actor.PersonId is null ? null : scope.Actor.ProgramId),
        },
    };

    public static byte[] ValuesDigest(byte[] salt, string body) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(body)]);
}
