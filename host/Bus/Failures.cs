using System.Text.RegularExpressions;
using Npgsql;

namespace Modular.Host.Bus;

/// <summary>What becomes of a message that failed: again at once, again later, or a dead letter. It never stops its queue.</summary>
public sealed partial class Failures(BusOptions options, HandlerMap handlers, TimeProvider clock, ILogger<Failures> log)
{
    public async Task FailAsync(PracticeLane lane, Lease lease, InboxRow row, Exception exception, CancellationToken stop)
    {
        var failed = row with { Attempts = row.Attempts + 1 };
        log.LogWarning("{Queue} failed on message {Id} of practice {Practice}, attempt {Attempt}: {Exception}",
            row.Queue, row.Id, lane.Practice.Row.Slug, failed.Attempts, Kind(exception));
        var quick = options.QuickRetries;
        if (exception is UnreadableMessageException || failed.Attempts > quick.Length + options.ScheduledRetries.Length)
        {
            await DieAsync(lane, await lease.OpenAsync(stop), failed, exception, stop);
        }
        else if (failed.Attempts <= quick.Length)
        {
            lane.Held[failed.Identity] = failed.Attempts;
            _ = RequeueAsync(lane, failed, Jittered(quick[failed.Attempts - 1]), stop);
        }
        else
        {
            await PutOffAsync(lane, await lease.OpenAsync(stop), failed, exception, stop);
        }
    }

    /// <summary>True when the connection or the server went away: no fault of the message.</summary>
    public static bool IsConnection(Exception exception, NpgsqlConnection? connection)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is PostgresException p)
            {
                return p.SqlState.StartsWith("57P", StringComparison.Ordinal) || p.SqlState.StartsWith("08", StringComparison.Ordinal)
                    || p.SqlState == PostgresErrorCodes.TooManyConnections;
            }

            if (e is NpgsqlException)
            {
                return true;
            }
        }

        return connection is not null && connection.FullState != System.Data.ConnectionState.Open;
    }

    public async Task JobsDoneAsync(NpgsqlConnection connection, IEnumerable<InboxRow> rows, CancellationToken ct)
    {
        foreach (var job in rows.Select(r => r.Headers.Job).OfType<string>())
        {
            await JobResultAsync(connection, job, "Done", ct);
        }
    }

    private async Task RequeueAsync(PracticeLane lane, InboxRow row, TimeSpan wait, CancellationToken stop)
    {
        try
        {
            await Task.Delay(wait, clock, stop);
            lane.Requeue(row);
        }
        catch (OperationCanceledException)
        {
            // The host stops; the row goes back to the table with all others.
        }
    }

    private async Task PutOffAsync(PracticeLane lane, NpgsqlConnection connection, InboxRow row, Exception exception, CancellationToken stop)
    {
        var when = clock.GetUtcNow() + options.ScheduledRetries[row.Attempts - options.QuickRetries.Length - 1];
        await Inbox.ScheduleAsync(connection, row, when, stop);
        if (row.Headers.Job is { } job)
        {
            await JobResultAsync(connection, job, $"Failed ({Kind(exception)}), tries again", stop);
        }

        lane.Done([row]);
        lane.NoteDue(when, hint: true);
    }

    private async Task DieAsync(PracticeLane lane, NpgsqlConnection connection, InboxRow row, Exception exception, CancellationToken stop)
    {
        await DeadLetters.AddAsync(connection, row, handlers.SequentialQueues.Contains(row.Queue), Kind(exception), Sanitize(exception), exception.ToString(), clock.GetUtcNow(), stop);
        if (row.Headers.Job is { } job)
        {
            await JobResultAsync(connection, job, $"Failed ({Kind(exception)})", stop);
        }

        lane.Done([row]);
        log.LogError("Message {Id} of {Queue} is a dead letter in practice {Practice}: {Exception}", row.Id, row.Queue, lane.Practice.Row.Slug, Kind(exception));
    }

    private async Task JobResultAsync(NpgsqlConnection connection, string job, string result, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("update bus.jobs set last_run = $2, last_result = $3 where id = $1", connection)
        {
            Parameters = { new() { Value = job }, new() { Value = clock.GetUtcNow() }, new() { Value = result } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static TimeSpan Jittered(TimeSpan wait) => wait + wait * (Random.Shared.NextDouble() / 2);

    /// <summary>Type and, from the database, its error code: nothing that a patient's data could be in.</summary>
    private static string Kind(Exception exception)
    {
        var inner = exception;
        while (inner.InnerException is { } next && inner is not PostgresException)
        {
            inner = next;
        }

        return inner is PostgresException p ? $"PostgresException {p.SqlState}" : exception.GetType().Name;
    }

    /// <summary>The message without what a value could be: quoted text, numbers, addresses.</summary>
    private static string Sanitize(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is PostgresException p)
            {
                return p.ConstraintName is { } constraint ? $"{Values().Replace(p.MessageText, "…")} ({constraint})" : Values().Replace(p.MessageText, "…");
            }
        }

        var text = Values().Replace(exception.Message, "…");
        return text.Length > 300 ? text[..300] : text;
    }

    [GeneratedRegex("""
        "[^"]*"|'[^']*'|\S+@\S+|[0-9][0-9\-/.:]*
        """)]
    private static partial Regex Values();
}
