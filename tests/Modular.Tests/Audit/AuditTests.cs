using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.Audit;

public sealed class AuditTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task A_saved_row_is_in_the_change_log_with_the_values_before_and_after()
    {
        var patient = Guid.CreateVersion7();
        var room = new TestRoom { Name = $"Room {Guid.NewGuid():N}"[..20], PatientId = patient };
        await using var scope = Host.Person(Host.North, Guid.CreateVersion7(), []);
        await using var db = RoomsDb.Open(scope.ServiceProvider);
        db.Add(room);
        await db.SaveChangesAsync();
        var first = room.Name;
        room.Name = "Second " + first;
        room.Active = false;
        await db.SaveChangesAsync();

        var entries = await Entries("row_id", room.Id);

        Assert.Equal(["added", "changed"], entries.Select(e => e.What));
        Assert.All(entries, e => Assert.Equal([patient], e.Patients));
        Assert.All(entries, e => Assert.Equal("Nora Quist", e.Person));
        Assert.Contains($"\"name\":[\"{first}\",\"Second {first}\"]", entries[1].Values);
        Assert.Contains("\"active\":[\"(changed)\",\"(changed)\"]", entries[1].Values);
    }

    [Fact]
    public async Task A_write_that_is_rolled_back_leaves_no_entry_and_the_next_write_does_not_inherit_it()
    {
        var lost = new TestRoom { Name = $"Lost {Guid.NewGuid():N}"[..20] };
        var kept = new TestRoom { Name = $"Kept {Guid.NewGuid():N}"[..20] };
        await using var scope = Host.Scope(Host.North);
        await using (var db = RoomsDb.Open(scope.ServiceProvider))
        {
            await using var write = await db.BeginWriteAsync();
            db.Add(lost);
            await db.SaveChangesAsync();
        }

        await using (var db = RoomsDb.Open(scope.ServiceProvider))
        {
            db.Add(kept);
            await db.SaveChangesAsync();
        }

        Assert.Empty(await Entries("row_id", lost.Id));
        Assert.Single(await Entries("row_id", kept.Id));
    }

    [Fact]
    public async Task Seeing_a_patient_is_in_the_access_log_once_a_page_with_the_reason_when_asked()
    {
        var patient = Guid.CreateVersion7();
        await using (var scope = Host.Person(Host.North, Guid.CreateVersion7(), []))
        {
            var log = scope.ServiceProvider.GetRequiredService<IAccessLog>();
            log.Viewed(patient, "chart");
            log.Viewed(patient, "chart");
            log.Viewed(patient, "restricted chart", "emergency");
            log.Listed([patient, Guid.CreateVersion7()], "day list");
            await scope.ServiceProvider.GetRequiredService<Work>().FlushAsync();
        }

        var entries = await Entries("patient_ids[1]", patient);

        Assert.Equal(["chart", "restricted chart", "day list"], entries.Select(e => e.What));
        Assert.Equal("emergency", entries[1].Reason);
        Assert.Equal(2, entries[2].Patients.Length);
    }

    [Theory]
    [InlineData("update audit.entries set person_name = 'nobody'")]
    [InlineData("delete from audit.entries")]
    [InlineData("truncate audit.entries")]
    [InlineData("update audit.entry_values set body = '{}'")]
    [InlineData("delete from audit.entry_values")]
    public async Task Sql_that_changes_the_log_is_refused_by_the_database(string sql)
    {
        await WriteSomething();

        var refused = await Assert.ThrowsAsync<PostgresException>(() => Execute(Host.North, sql));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Sealing_again_changes_nothing_because_a_sealed_entry_is_final()
    {
        await WriteSomething();
        await Host.Services.GetRequiredService<AuditSealer>().SealAsync(Host.North, default);

        var refused = await Assert.ThrowsAsync<PostgresException>(() =>
            Execute(Host.North, "update audit.entries set seq = seq + 1, digest = digest where seq is not null"));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Entries_land_in_the_partition_of_their_month_and_the_coming_months_are_there_already()
    {
        var now = DateTimeOffset.UtcNow;
        await WriteSomething();
        await using var scope = Host.Scope(Host.North);
        var connection = await scope.ServiceProvider.GetRequiredService<Work>().OpenAsync();

        var parts = await connection.QueryAsync("select distinct tableoid::regclass::text from audit.entries where at > $1", [now.AddMinutes(-5)], r => r.GetString(0), default);
        var ahead = await connection.QueryAsync("select to_regclass($1) is not null", [$"audit.entries_{now.AddMonths(2):yyyy_MM}"], r => r.GetBoolean(0), default);

        Assert.Equal([$"audit.entries_{now:yyyy_MM}"], parts);
        Assert.True(ahead[0]);
    }

    private async Task WriteSomething()
    {
        await using var scope = Host.Scope(Host.North);
        await using var db = RoomsDb.Open(scope.ServiceProvider);
        db.Add(new TestRoom { Name = $"Some {Guid.NewGuid():N}"[..20] });
        await db.SaveChangesAsync();
    }

    private static async Task Execute(Practice practice, string sql)
    {
        await using var command = practice.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private sealed record Row(string What, string Person, Guid[] Patients, string? Reason, string? Values);

    private async Task<List<Row>> Entries(string column, Guid id)
    {
        await using var connection = await Host.North.Database.OpenConnectionAsync();
        return await connection.QueryAsync($"""
            select e.what, e.person_name, e.patient_ids, e.reason, v.body::text from audit.entries e left join audit.entry_values v on v.entry_id = e.id
            where e.{column} = $1 order by e.at, e.id
            """, [id], r => new Row(r.GetString(0), r.GetString(1), r.GetFieldValue<Guid[]>(2), r.TextOrNull(3), r.TextOrNull(4)), default);
    }
}
