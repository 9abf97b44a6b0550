using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Bus;
using Modular.Host.Data;
using Modular.Host.Practices;
using Modular.Sdk;
using Npgsql;

namespace Modular.Testing;

public sealed partial class TestPractice
{
    /// <summary>A message that fails is tried again at once, and then given up: a test does not wait ten minutes for the third retry.</summary>
    private static readonly BusOptions Quick = new()
    {
        QuickRetries = [TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20)],
        ScheduledRetries = [],
        HintInterval = TimeSpan.FromMilliseconds(200),
    };

    /// <summary>The queue of the test itself: rows stay in it, since nobody handles them.</summary>
    private const string Ear = "test.ear";

    /// <summary>Publishes messages as a page would, in one write. <see cref="SettleAsync"/> waits for what they cause.</summary>
    /// <param name="messages">
    /// Of a <c>*.Messages</c> assembly: the host and the tests share those types, and no others of a module. For later:
    /// <c>message.ScheduledAt(instant)</c>.
    /// </param>
    public async Task PublishAsync(params object[] messages)
    {
        await using var scope = Scope();
        var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
        foreach (var message in messages)
        {
            var outgoing = message as OutgoingMessage ?? new(message);
            await bus.PublishAsync(outgoing.Message, outgoing.Options);
        }

        await scope.ServiceProvider.GetRequiredService<Work>().FlushAsync();
    }

    /// <summary>From now on the test hears messages of this type, whether or not a module does; <see cref="HeardAsync"/> gives them.</summary>
    /// <typeparam name="T">Of a <c>*.Messages</c> assembly.</typeparam>
    public async Task ListenAsync<T>() where T : class
    {
        await using var connection = await practice.Database.OpenConnectionAsync();
        await using var subscribe = new NpgsqlCommand("insert into bus.subscriptions (queue, alias, module) values ($1, $2, 'test') on conflict do nothing", connection)
        {
            Parameters = { new() { Value = Ear }, new() { Value = AliasOf<T>() } },
        };
        await subscribe.ExecuteNonQueryAsync();
    }

    /// <summary>What was published and committed since <see cref="ListenAsync"/>, in order.</summary>
    /// <typeparam name="T">As listened for.</typeparam>
    public async Task<IReadOnlyList<T>> HeardAsync<T>() where T : class
    {
        await using var command = practice.Database.CreateCommand("select body from bus.inbox where queue = $1 and alias = $2 order by seq");
        command.Parameters.Add(new() { Value = Ear });
        command.Parameters.Add(new() { Value = AliasOf<T>() });
        await using var reader = await command.ExecuteReaderAsync();
        var heard = new List<T>();
        while (await reader.ReadAsync())
        {
            heard.Add(JsonSerializer.Deserialize<T>(reader.GetString(0), MessageNames.Json)!);
        }

        return heard;
    }

    /// <summary>Asks the module that answers this query or carries out this command, and waits for the reply.</summary>
    /// <typeparam name="T">The reply.</typeparam>
    /// <param name="message">Of a <c>*.Messages</c> assembly.</param>
    /// <exception cref="TestFailedException">Nobody answers.</exception>
    public async Task<T> AskAsync<T>(object message) where T : class
    {
        ArgumentNullException.ThrowIfNull(message);
        await using var scope = Scope();
        var reply = await scope.ServiceProvider.GetRequiredService<IMessageBus>().InvokeAsync<T>(message);
        await scope.ServiceProvider.GetRequiredService<Work>().FlushAsync();
        return reply ?? throw new TestFailedException($"No module that is on answers {message.GetType().Name}.");
    }

    /// <summary>
    /// Waits until every message was handled, and every message those caused, and so on. Messages for later wait for their time:
    /// move <see cref="Clock"/> first.
    /// </summary>
    /// <param name="seconds">The bound.</param>
    /// <exception cref="TestFailedException">A handler failed, with its exception; or the bound is over, with what still waits.</exception>
    public async Task SettleAsync(int seconds = 30)
    {
        await UntilAsync(async () => await WaitingAsync() is { Length: > 0 } waiting ? $"these messages still wait: {waiting}" : null, seconds);
        if (await ValueAsync<string?>("select string_agg(queue || ': ' || reason || E'\\n' || detail, E'\\n') from bus.dead_letters") is { } failed)
        {
            throw new TestFailedException($"A handler failed: {failed}");
        }
    }

    /// <summary>One value from the practice's database, for what no page shows.</summary>
    /// <param name="sql">A query of one column and one row; its parameters are <c>$1</c>, <c>$2</c> ….</param>
    /// <param name="values">The parameters.</param>
    public async Task<T?> ValueAsync<T>(string sql, params object[] values)
    {
        await using var command = practice.Database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return await command.ExecuteScalarAsync() is { } found and not DBNull ? (T)found : default;
    }

    // Gives what is still missing, or null.
    private static async Task UntilAsync(Func<Task<string?>> missing, int seconds)
    {
        var end = TimeProvider.System.GetTimestamp() + seconds * TimeProvider.System.TimestampFrequency;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await missing() is { } still)
        {
            if (TimeProvider.System.GetTimestamp() > end)
            {
                throw new TestFailedException($"After {seconds} seconds {still}.");
            }

            await tick.WaitForNextTickAsync();
        }
    }

    private static string AliasOf<T>() => MessageNames.Find(typeof(T)) ?? throw new TestFailedException($"{typeof(T).Name} is no message: it has no [Message].");

    private Task<string?> WaitingAsync() => ValueAsync<string?>("""
        select string_agg(distinct queue, ', ') from bus.inbox
        where (status = 'incoming' or (status = 'scheduled' and execute_at <= $1)) and queue not in ('core.job-due', 'test.ear')
        """, Clock.GetUtcNow());

    private AsyncServiceScope Scope() => app.Services.OpenScope(practice, Actor.System("test"));
}
