using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Data;
using Modular.Host.Practices;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Benchmarks.Driver;

/// <summary>Messages about patients that practice.sql made, each newer than the one before; scheduling's own handler takes them over.</summary>
internal sealed class Messages(IServiceProvider services, Practice practice)
{
    private const int Publishers = 8;

    private static readonly PatientChanged Template = new(
        Guid.Empty, 0, "1001", "Bare", "Message", null, new(1980, 1, 5), "F", "5550100200", null, Restricted: false, Active: true);

    private readonly Guid[] patients = ReadPatients(practice);
    private int last;

    public async Task<string> PublishAsync(TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Publishers).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; watch.Elapsed < time; count++)
            {
                await TransactionAsync(1);
            }

            return count;
        })));
        return $"{counts.Sum() / watch.Elapsed.TotalSeconds:R}";
    }

    public async Task<string> ManyAsync(int messages, int size)
    {
        for (var done = 0; done < messages; done += size)
        {
            await TransactionAsync(Math.Min(size, messages - done));
        }

        return "done";
    }

    public async Task<string> IdleAsync(int times)
    {
        var taken = new List<string>(times);
        for (var i = 0; i < times; i++)
        {
            var (patient, version) = (patients[(last + 1) * 37 % patients.Length], last + 2);
            var began = Stopwatch.GetTimestamp();
            await TransactionAsync(1);
            while (await VersionAsync(patient) < version)
            {
                await Task.Yield();
            }

            taken.Add($"{Stopwatch.GetElapsedTime(began).TotalMilliseconds:R}");
        }

        return string.Join(' ', taken);
    }

    private async Task TransactionAsync(int messages)
    {
        await using var scope = services.OpenScope(practice, Actor.System("benchmark"));
        var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
        for (var i = 0; i < messages; i++)
        {
            var number = Interlocked.Increment(ref last);
            await bus.PublishAsync(Template with { PatientId = patients[number * 37 % patients.Length], Version = 1 + number });
        }

        await scope.ServiceProvider.GetRequiredService<Work>().FlushAsync();
    }

    private async Task<int> VersionAsync(Guid patient)
    {
        await using var connection = await practice.OpenAsync(default);
        await using var command = new Npgsql.NpgsqlCommand("select version from scheduling.patients where id = $1", connection) { Parameters = { new() { Value = patient } } };
        return await command.ExecuteScalarAsync() is int version ? version : 0;
    }

    private static Guid[] ReadPatients(Practice practice)
    {
        using var connection = practice.Database.OpenConnection();
        using var command = new Npgsql.NpgsqlCommand("select id from scheduling.patients order by id", connection);
        using var row = command.ExecuteReader();
        var ids = new List<Guid>();
        while (row.Read())
        {
            ids.Add(row.GetGuid(0));
        }

        return [.. ids];
    }
}
