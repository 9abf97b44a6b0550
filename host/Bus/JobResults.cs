using Npgsql;

namespace Modular.Host.Bus;

/// <summary>Notes how a job's message fared, beside the job.</summary>
public sealed class JobResults(TimeProvider clock)
{
    public async Task DoneAsync(NpgsqlConnection connection, IEnumerable<InboxRow> rows, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            await NoteAsync(connection, row, "Done", ct);
        }
    }

    public async Task NoteAsync(NpgsqlConnection connection, InboxRow row, string result, CancellationToken ct)
    {
        if (row.Job is not { } job)
        {
            return;
        }

        await using var command = new NpgsqlCommand("update bus.jobs set last_run = $2, last_result = $3 where id = $1", connection)
        {
            Parameters = { new() { Value = job }, new() { Value = clock.GetUtcNow() }, new() { Value = result } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }
}
