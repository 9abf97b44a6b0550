using Modular.Counting.Messages;
using Modular.Facts.Messages;
using Modular.Sdk;

namespace Modular.Counting;

/// <summary>First level: a plain insert, and a cascade.</summary>
public static class FirstHandler
{
    public static async Task<Counted?> HandleAsync(FactNoted fact, Envelope envelope, CountingDb db, CancellationToken ct)
    {
        if (envelope.Filling)
        {
            return null;
        }

        await db.AddAsync("insert into counting.firsts (number) values ($1)", ct, fact.Number);
        return new(fact.Number);
    }
}

/// <summary>Second level; one in twenty is poison, found only after the insert.</summary>
public static class SecondHandler
{
    public static async Task<Tallied> HandleAsync(Counted counted, CountingDb db, CancellationToken ct)
    {
        await db.AddAsync("insert into counting.seconds (number) values ($1)", ct, counted.Number);
        return counted.Number % 20 == 0
            ? throw new InvalidOperationException($"Poison for \"Vale\" {counted.Number}")
            : new(counted.Number);
    }
}

public static class ThirdHandler
{
    public static Task HandleAsync(Tallied tallied, CountingDb db, CancellationToken ct) =>
        db.AddAsync("insert into counting.thirds (number) values ($1)", ct, tallied.Number);
}

/// <summary>Something outside: the row is committed at once, whatever becomes of the message.</summary>
[External]
public sealed class CallHandler(IWork work)
{
    public async Task HandleAsync(FactNoted fact, Envelope envelope, CancellationToken ct)
    {
        await using var command = new Npgsql.NpgsqlCommand("insert into counting.calls values ($1, $2)", await work.OpenAsync(ct))
        {
            Parameters = { new() { Value = fact.Number }, new() { Value = envelope.Id } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }
}

public static class LockHandler
{
    public static Task HandleAsync(LockWanted wanted, CountingDb db, CancellationToken ct) => db.AddAsync("select pg_advisory_xact_lock($1)", ct, wanted.Number);
}

public static class AttemptHandler
{
    public static async Task HandleAsync(Attempted attempted, Envelope envelope, CountingDb db, CancellationToken ct)
    {
        await db.AddAsync("insert into counting.tries values ($1, $2)", ct, attempted.Number, envelope.Attempt);
        if (envelope.Attempt <= attempted.Failures)
        {
            throw new InvalidOperationException($"Not yet for \"Vale\" {attempted.Number}");
        }
    }
}

[Sequential]
public static class StepHandler
{
    public static async Task HandleAsync(StepTaken step, Envelope envelope, CountingDb db, CancellationToken ct)
    {
        if (envelope.Attempt <= step.Failures)
        {
            throw new InvalidOperationException("Not yet");
        }

        await db.AddAsync("insert into counting.steps (walk, step) values ($1, $2)", ct, step.Walk, step.Step);
    }
}

public static class LinesHandler
{
    public static async Task HandleAsync(IReadOnlyList<LineRead> lines, CountingDb db, CancellationToken ct)
    {
        foreach (var line in lines)
        {
            await db.AddAsync("insert into counting.lines values ($1, $2)", ct, line.Line, lines.Count);
        }
    }
}

/// <summary>A projection: an upsert guarded by the version, so that late and repeated messages change nothing.</summary>
public static class ProjectionHandler
{
    public static Task HandleAsync(FactNoted fact, Envelope envelope, CountingDb db, CancellationToken ct) => db.AddAsync("""
        insert into counting.projection values ($1, $2, $3, $4)
        on conflict (number) do update set version = excluded.version, text = excluded.text, filling = excluded.filling
        where projection.version < excluded.version
        """, ct, fact.Number, fact.Version, fact.Text, envelope.Filling);
}
