using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Bus;
using Modular.Host.Data;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Tests.Harness;

/// <summary>A host with the two plugins that prove the bus: facts owns facts, counting listens to them.</summary>
public static class BusHost
{
    public static readonly BusOptions Quick = new()
    {
        QuickRetries = [TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(20)],
        ScheduledRetries = [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50)],
        HintInterval = TimeSpan.FromMilliseconds(200),
    };

    public static Task<TestHost> StartAsync(BusOptions? options = null, string? catalogue = null, TimeProvider? clock = null) => TestHost.StartAsync(
        builder =>
        {
            builder.Services.AddSingleton(options ?? Quick);
            if (clock is not null)
            {
                builder.Services.AddSingleton(clock);
            }
        },
        catalogue,
        start => start with { ModulesDirectory = PluginsFolder() });

    /// <summary>Publishes in one write, as a slice would.</summary>
    public static async Task PublishAsync(this TestHost host, Practice practice, params object[] messages)
    {
        await using var scope = host.Scope(practice);
        var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
        foreach (var message in messages)
        {
            var outgoing = message as OutgoingMessage ?? new(message);
            await bus.PublishAsync(outgoing.Message, outgoing.Options);
        }

        await scope.ServiceProvider.GetRequiredService<Work>().FlushAsync();
    }

    public static async Task<T> AskAsync<T>(this Practice practice, string sql) => (T)(await AnswerAsync(practice, sql))!;

    private static async Task<object?> AnswerAsync(Practice practice, string sql)
    {
        await using var command = practice.Database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Waits until the query gives the value, there being no row before; fails after the bound with what it gave last.</summary>
    public static async Task UntilAsync<T>(this Practice practice, string sql, T wanted, int seconds = 20)
    {
        var end = TimeProvider.System.GetTimestamp() + seconds * TimeProvider.System.TimestampFrequency;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        object? last;
        do
        {
            last = await AnswerAsync(practice, sql);
            if (Equals(last, wanted))
            {
                return;
            }
        }
        while (await tick.WaitForNextTickAsync() && TimeProvider.System.GetTimestamp() < end);

        Assert.Equal((object?)wanted, last);
    }

    public static string PluginsFolder() => Folder.Value;

    private static readonly Lazy<string> Folder = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("modular-bus-").FullName;
        Plugins.Copy("facts", folder);
        Plugins.Copy("counting", folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    });
}
