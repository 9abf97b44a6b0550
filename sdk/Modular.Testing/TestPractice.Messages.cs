using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host;
using Modular.Host.Bus;
using Modular.Host.Data;
using Modular.Host.Modules;
using Modular.Patients.Messages;
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
        var end = TimeProvider.System.GetTimestamp() + seconds * TimeProvider.System.TimestampFrequency;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await WaitingAsync() is { Length: > 0 } waiting)
        {
            if (TimeProvider.System.GetTimestamp() > end)
            {
                throw new TestFailedException($"After {seconds} seconds these messages still wait: {waiting}.");
            }

            await tick.WaitForNextTickAsync();
        }

        if (await ValueAsync<string?>("select string_agg(queue || ': ' || reason || E'\\n' || detail, E'\\n') from bus.dead_letters") is { } failed)
        {
            throw new TestFailedException($"A handler failed: {failed}");
        }
    }

    /// <summary>Runs a job now, whenever it would be due, and waits for all it causes.</summary>
    /// <param name="id">As declared: <c>referrals.overdue</c>.</param>
    public async Task RunJobAsync(string id)
    {
        var job = app.Services.GetRequiredService<InstalledModules>().WithCore.SelectMany(m => m.Declared.Jobs).FirstOrDefault(j => j.Id == id)
            ?? throw new TestFailedException($"No module declares the job {id}.");
        await using (var scope = Scope())
        {
            scope.ServiceProvider.GetRequiredService<Outbox>().Add(Activator.CreateInstance(job.Message)!, null, new(Job: job.Id));
            await scope.ServiceProvider.GetRequiredService<Work>().FlushAsync();
        }

        await SettleAsync();
    }

    /// <summary>Turns a module on among what exists already, and waits until it is filled.</summary>
    /// <param name="module">Id of the module.</param>
    public async Task TurnOnAsync(string module)
    {
        await app.Services.GetRequiredService<Enabling>().EnableAsync(practice, module, null, Actor.System("test"), default);
        await SettleAsync();
    }

    /// <summary>Turns a module off. Its data stays; messages for it wait until it is on again.</summary>
    /// <param name="module">Id of the module.</param>
    public Task TurnOffAsync(string module) => app.Services.GetRequiredService<Enabling>().DisableAsync(practice, module, Actor.System("test"), default);

    /// <summary>Registers a patient as the front desk would, and waits until the other modules know.</summary>
    /// <param name="lastName">Family name.</param>
    /// <param name="firstName">Given name.</param>
    /// <param name="born">As typed: <c>1/5/48</c>.</param>
    /// <param name="sex">One of F, M, X, U.</param>
    /// <returns>The patient's id.</returns>
    public async Task<Guid> RegisterPatientAsync(string lastName, string firstName, string born = "1/5/48", string sex = "F")
    {
        var registered = await AskAsync<PatientRegistered>(new RegisterPatient(lastName, firstName, born, sex, null, Anyway: true));
        var id = registered.PatientId ?? throw new TestFailedException($"The patient was refused: {string.Join(" ", registered.Errors.Select(e => e.Value))}");
        await SettleAsync();
        return id;
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

    private static string AliasOf<T>() => MessageNames.Find(typeof(T)) ?? throw new TestFailedException($"{typeof(T).Name} is no message: it has no [Message].");

    private Task<string?> WaitingAsync() => ValueAsync<string?>("""
        select string_agg(distinct queue, ', ') from bus.inbox
        where (status = 'incoming' or (status = 'scheduled' and execute_at <= $1)) and queue not in ('core.job-due', 'test.ear')
        """, Clock.GetUtcNow());

    private AsyncServiceScope Scope() => app.Services.OpenScope(practice, Actor.System("test"));
}
