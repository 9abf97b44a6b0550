using System.Text.Json;
using Modular.Host.Postgres;
using Modular.Host.Progress;
using Npgsql;

namespace Modular.Host.Imports;

/// <summary>One file on its way in.</summary>
/// <param name="Mapping">Field id → position of its column.</param>
/// <param name="Position">Rows of the present step (checking, importing, undoing) that are done.</param>
public sealed record Import(
    Guid Id,
    string Kind,
    string FileName,
    string Sha256,
    string[] Headings,
    Dictionary<string, int> Mapping,
    string State,
    int Total,
    int Position,
    int Created,
    int Updated,
    int Unchanged,
    int Refused,
    int Undone,
    Guid? StartedBy,
    string StartedByName,
    DateTimeOffset StartedAt,
    DateTimeOffset StepAt)
{
    public const string Uploaded = "uploaded", Checking = "checking", Checked = "checked", Importing = "importing", Done = "done", Canceled = "canceled", Undoing = "undoing", Undo = "undone";

    private const string Columns = """
        id, kind, file_name, sha256, headings, mapping::text, state, total, position, created, updated, unchanged, refused, undone, started_by, started_by_name, started_at, step_at
        """;

    public bool Runs => State is Checking or Importing or Undoing;

    public int Taken => Created + Updated;

    /// <summary>The present step as all long work is shown. Its rows commit with their position, so the import is its own progress.</summary>
    public ProgressRow Progress(DateTimeOffset now) => new(Id, FileName, $"/admin/imports/{Id}", State == Undoing ? Taken : Total, State == Undoing ? Undone : Position,
        Runs ? "running" : "done", null, false, StartedBy, StepAt, now);

    public static async Task<Import?> FindAsync(NpgsqlConnection connection, Guid id, bool forUpdate, CancellationToken ct) =>
        (await connection.QueryAsync($"select {Columns} from core.imports where id = $1{(forUpdate ? " for update" : "")}", [id], Read, ct)).FirstOrDefault();

    public static Task<List<Import>> RecentAsync(NpgsqlConnection connection, string[] kinds, int skip, int take, CancellationToken ct) =>
        connection.QueryAsync($"select {Columns} from core.imports where kind = any($1) order by started_at desc limit $3 offset $2", [kinds, skip, take], Read, ct);

    private static Import Read(NpgsqlDataReader r) => new(
        r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetFieldValue<string[]>(4),
        JsonSerializer.Deserialize<Dictionary<string, int>>(r.GetString(5))!, r.GetString(6), r.GetInt32(7), r.GetInt32(8), r.GetInt32(9),
        r.GetInt32(10), r.GetInt32(11), r.GetInt32(12), r.GetInt32(13), r.GuidOrNull(14), r.GetString(15), r.GetFieldValue<DateTimeOffset>(16), r.GetFieldValue<DateTimeOffset>(17));
}
