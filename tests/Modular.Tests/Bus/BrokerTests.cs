using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Modular.Facts.Messages;
using Modular.Host.Bus;
using Modular.Host.Bus.RabbitMq;
using Modular.Host.FirstRun;
using Modular.Host.Practices;
using Modular.Host.Start;
using Modular.Sdk;
using Modular.Tests.Harness;
using RabbitMQ.Client;

namespace Modular.Tests.Bus;

/// <summary>
/// Two groups of hosts with catalogues of their own, in both of which one practice has its place, and a real broker between them: none lost,
/// none twice in effect, whatever stops meanwhile.
/// </summary>
public sealed class BrokerTests(RabbitServer rabbit) : IClassFixture<RabbitServer>, IDisposable
{
    private const string Noted = "facts.fact-noted.v1";
    private static int pairs;

    private readonly string folder = Directory.CreateTempSubdirectory("modular-broker-").FullName;
    private readonly int pair = Interlocked.Increment(ref pairs);

    private string East => $"east-{pair}";

    private string West => $"west-{pair}";

    [Fact]
    public async Task What_one_group_publishes_the_other_handles_once_and_no_one_hears_it_back()
    {
        await rabbit.NeedAsync();
        await using var east = await StartEastAsync();
        await using var west = await StartWestAsync(east);
        var there = There(west, east);

        await NoteAsync(east, 1, 40);
        await HandledOnceAsync(there, 40);

        Assert.Equal(40L, await there.AskAsync<long>("select count(*) from bus.arrived"));
        Assert.Equal($"test ({East})", await there.AskAsync<string>("select distinct actor from bus.inbox where queue = 'counting.first'"));
        // The other group may send the same kind of message here: what came does not go back.
        await NoteAsync(west, there, 101, 1);
        await east.North.UntilAsync("select count(*) from counting.firsts where number = 101", 1L);
        await east.North.UntilAsync("select count(*) from bus.wolverine_outgoing_envelopes", 0L);
        Assert.Equal("41 41", await east.North.AskAsync<string>("select count(*) || ' ' || count(distinct number) from counting.firsts"));
        await there.UntilAsync("select count(*) || ' ' || count(distinct number) from counting.firsts", "41 41");
    }

    [Fact]
    public async Task While_the_broker_is_away_work_goes_on_and_people_are_told_how_many_messages_wait_and_it_all_goes_out_afterwards()
    {
        await rabbit.NeedAsync();
        await using var east = await StartEastAsync();
        await using var west = await StartWestAsync(east);
        await NoteAsync(east, 1, 1);
        await HandledOnceAsync(There(west, east), 1);

        rabbit.Kill();
        await NoteAsync(east, 2, 30);
        await east.North.UntilAsync("select count(*) from counting.thirds", 30L);
        await SaysAsync(east, "The message broker has been away since", "UTC. 30 messages wait for it.");
        using (var manager = await east.SignInAsync(east.North, Roles.Manager))
        {
            Assert.Contains("30 messages wait for it.", (await manager.PageAsync("/admin/dead-letters")).QuerySelector(".note.warn")!.TextContent, StringComparison.Ordinal);
        }

        await rabbit.StartAsync();
        await HandledOnceAsync(There(west, east), 31);
        await SaysAsync(east, "The message broker is there. No message waits for it.");
    }

    [Fact]
    public async Task Hosts_start_without_the_broker_and_what_is_in_its_queues_outlives_it()
    {
        RabbitServer.Need();
        rabbit.Kill();
        await using var east = await StartEastAsync();
        var west = await StartWestAsync(east);
        var catalogue = west.Catalogue;
        await west.DisposeAsync();
        await NoteAsync(east, 1, 25);
        await SaysAsync(east, "25 messages wait for it.");

        // The other group does not run: its queue keeps them, through a second crash.
        await rabbit.StartAsync();
        await east.North.UntilAsync("select count(*) from bus.wolverine_outgoing_envelopes", 0L, seconds: 120);
        rabbit.Kill();
        await rabbit.StartAsync();
        await using var again = await StartAsync(WestSettings, catalogue: catalogue);

        await HandledOnceAsync(There(again, east), 25);
    }

    [Fact]
    public async Task A_host_that_is_killed_again_and_again_between_commit_and_sending_loses_nothing_and_nothing_is_done_twice()
    {
        await rabbit.NeedAsync();
        const int Facts = 300;
        var connection = await TestServer.ConnectionAsync();
        var prepared = await StartAsync(null, folder);
        await using var west = await StartWestAsync(prepared);
        var (catalogue, there) = (prepared.Catalogue, There(west, prepared));
        await prepared.DisposeAsync();
        var settings = Settings(East, new { address = rabbit.Address, group = East, sends = new Dictionary<string, string[]> { [West] = [Noted] } });
        var random = new Random(20261129);

        for (var kill = 0; kill < 4; kill++)
        {
            using var node = await NodeProcess.StartAsync(settings, connection, catalogue, folder, ["0", $"{Facts}"]);
            using var moment = new PeriodicTimer(TimeSpan.FromMilliseconds(random.Next(20, 400)));
            await moment.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            if (kill == 2)
            {
                // What it publishes from here on only its database has when it is killed.
                rabbit.Kill();
                await moment.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            }

            node.Kill();
            if (kill == 2)
            {
                await rabbit.StartAsync();
            }
        }

        using var last = await NodeProcess.StartAsync(settings, connection, catalogue, folder, ["0", $"{Facts}"]);
        await HandledOnceAsync(there, Facts);
    }

    [Fact]
    public async Task What_comes_again_long_after_it_was_handled_is_not_handled_again()
    {
        await rabbit.NeedAsync();
        await using var east = await StartEastAsync();
        await using var west = await StartWestAsync(east);
        var there = There(west, east);
        await NoteAsync(east, 1, 3);
        await HandledOnceAsync(there, 3);
        // As after a crash between the broker's word and the row's end; the inbox has forgotten by then.
        await RunAsync(there, "delete from bus.wolverine_incoming_envelopes where status = 'Handled'");
        await RunAsync(east.North, $"""
            insert into bus.wolverine_outgoing_envelopes (id, owner_id, destination, body, message_type)
            select gen_random_uuid(), 0, 'rabbitmq://queue/modular.{West}', body, message_type from bus.wolverine_incoming_envelopes where received_at = 'local://counting.first/'
            """);
        east.Services.GetRequiredService<BusPump>().Lane(east.North).Poke();
        await east.North.UntilAsync("select count(*) from bus.wolverine_outgoing_envelopes", 0L);

        await NoteAsync(east, 4, 1);
        await HandledOnceAsync(there, 4);
    }

    [Fact]
    public async Task What_a_group_does_not_take_is_put_aside_with_the_reason()
    {
        await rabbit.NeedAsync();
        await using var east = await StartEastAsync();
        await using var west = await StartWestAsync(east);
        var here = east.North.Id.ToString();
        await using var line = BrokerLine.To(rabbit.Address, "test");
        await line.OpenAsync();
        async Task SendAsync(string alias, string practice, Guid? id = null, string source = "elsewhere", string body = """{"number":1,"version":1,"text":""}""") =>
            await line.SendAsync($"modular.{West}", true, new Wolverine.Envelope
            {
                Id = id ?? Guid.CreateVersion7(), MessageType = alias, TenantId = practice, Source = source,
                Data = Encoding.UTF8.GetBytes(body), ContentType = "application/json",
            });

        var nowhere = Guid.CreateVersion7();
        await SendAsync(Noted, $"{nowhere}");
        await SendAsync(Noted, "north");
        await SendAsync("facts.note-fact.v1", here);
        await SendAsync("core.webhook-due.v1", here);
        await SendAsync(Noted, here, Guid.Empty);
        await SendAsync(Noted, here, source: West);
        await SendAsync(Noted, here, body: "{\"number\":\"one\"}");
        await SendAsync("facts.fact-told.v1", here, body: $$"""{"number":1,"patientId":"{{nowhere}}"}""");

        Assert.Equal(
            [
                $"This group has no practice {nowhere}.",
                "This group has no practice north.",
                "This group does not take facts.note-fact.v1.",
                "This group does not take core.webhook-due.v1.",
                "It has no message id, a UUID by which a second delivery is known.",
                "It came from this group itself.",
                $"The body is no {Noted}.",
                "No module of this group handles facts.fact-told.v1.",
            ], await ReadAsync($"modular.{West}.refused", 8, message => Text(message.BasicProperties.Headers!["refused"])));
        Assert.Equal(0L, await There(west, east).AskAsync<long>("select count(*) from bus.arrived"));
    }

    [Fact]
    public async Task A_program_outside_reads_what_it_may_from_a_queue_of_its_own_and_the_access_log_says_so()
    {
        await rabbit.NeedAsync();
        var queue = $"lab-{pair}";
        var settings = Settings(East, new { address = rabbit.Address, group = East, programs = new Dictionary<string, string[]> { [queue] = ["facts.fact-told.v1"] } });
        await using var east = await StartAsync(settings);
        var patient = Guid.CreateVersion7();
        await east.PublishAsync(east.North, new FactTold(7, patient));
        // The program makes its own queue; until then they wait, and that is said.
        await SaysAsync(east, $"but its queue {queue} takes nothing (it is not there). One message waits for it.");

        var told = await ReadAsync(queue, 1, message => (message.BasicProperties.Type, message.BasicProperties.MessageId, Body: Encoding.UTF8.GetString(message.Body.Span), Practice: Text(message.BasicProperties.Headers!["tenant-id"])));

        Assert.Equal(("facts.fact-told.v1", $$"""{"number":7,"patientId":"{{patient}}"}""", $"{east.North.Id}"), (told[0].Type, told[0].Body, told[0].Practice));
        Assert.True(Guid.TryParse(told[0].MessageId, out _));
        Assert.Equal(1L, await east.North.AskAsync<long>($"select count(*) from audit.entries where what = 'broker {queue} facts.fact-told.v1' and '{patient}' = any(patient_ids)"));
    }

    [Fact]
    public async Task A_host_whose_settings_name_what_may_not_leave_does_not_start()
    {
        var command = Settings("a", new { address = "amqp://127.0.0.1", group = "east", sends = new Dictionary<string, string[]> { ["west"] = ["facts.note-fact.v1"] } });
        var closed = Settings("b", new { address = "amqp://127.0.0.1", group = "east", programs = new Dictionary<string, string[]> { ["lab"] = [Noted] } });

        Assert.Equal("The broker's settings: facts.note-fact.v1 is a command or a question, and only events go from group to group.",
            (await Assert.ThrowsAsync<SettingException>(() => StartAsync(command))).Message);
        Assert.Equal("The broker's settings: facts.fact-noted.v1 goes to no program: its module names no permission for it.",
            (await Assert.ThrowsAsync<SettingException>(() => StartAsync(closed))).Message);
    }

    [Fact]
    public async Task Without_the_setting_nothing_of_it_is_loaded()
    {
        await using var prepared = await StartAsync(null, folder);
        using var node = await NodeProcess.StartAsync(await TestServer.ConnectionAsync(), prepared.Catalogue, folder, "acts");

        var maps = await node.MapsAsync();

        Assert.Contains("Wolverine.dll", maps, StringComparison.Ordinal);
        Assert.DoesNotContain("Wolverine.RabbitMQ.dll", maps, StringComparison.Ordinal);
        Assert.DoesNotContain("RabbitMQ.Client.dll", maps, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Task<TestHost> StartEastAsync() => StartAsync(Settings(East, new
    {
        address = rabbit.Address, group = East, sends = new Dictionary<string, string[]> { [West] = [Noted] }, takes = new[] { Noted },
    }));

    /// <summary>The other group, where the same practice has a database of its own.</summary>
    private async Task<TestHost> StartWestAsync(TestHost east)
    {
        var west = await StartAsync(WestSettings);
        await west.Services.GetRequiredService<PracticeMaker>().AddAsync(
            new("both", "North Clinic", "America/New_York", ["both.localhost"], [new(TestHost.NorthMain, "Main Street", "America/New_York")], Id: east.North.Id), default);
        return west;
    }

    private string WestSettings => Settings(West, new
    {
        address = rabbit.Address, group = West, sends = new Dictionary<string, string[]> { [East] = [Noted] }, takes = new[] { Noted, "facts.fact-told.v1" },
    });

    private static Task<TestHost> StartAsync(string? settings, string? data = null, string? catalogue = null) => TestHost.StartAsync(
        builder => builder.Services.AddSingleton(BusHost.Quick), catalogue, o => o with { ModulesDirectory = BusHost.PluginsFolder(), Broker = settings, DataDirectory = data ?? o.DataDirectory });

    private string Settings(string name, object settings)
    {
        var file = Path.Combine(folder, $"{name}.json");
        File.WriteAllText(file, JsonSerializer.Serialize(settings));
        return file;
    }

    private static Practice There(TestHost west, TestHost east) => west.Services.GetRequiredService<PracticeRegistry>().Find(east.North.Id)!;

    private static Task NoteAsync(TestHost host, int first, int count) => NoteAsync(host, host.North, first, count);

    private static async Task NoteAsync(TestHost host, Practice practice, int first, int count)
    {
        foreach (var number in Enumerable.Range(first, count))
        {
            await host.PublishAsync(practice, new FactNoted(number, 1, "noted"));
        }
    }

    private static async Task HandledOnceAsync(Practice practice, int facts)
    {
        await practice.UntilAsync("select count(distinct number) from counting.firsts", (long)facts, seconds: 120);
        await practice.UntilAsync("select count(*) from bus.wolverine_incoming_envelopes where status <> 'Handled' and received_at <> 'local://core.job-due/'", 0L, seconds: 120);
        Assert.Equal((long)facts, await practice.AskAsync<long>("select count(*) from counting.firsts"));
    }

    private static async Task SaysAsync(TestHost host, params string[] parts)
    {
        using var probe = new HttpClient { BaseAddress = host.Address };
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var end = Stopwatch.GetTimestamp() + 120 * Stopwatch.Frequency;
        string says;
        do
        {
            says = await probe.GetStringAsync("/health/ready");
        }
        while (!parts.All(part => says.Contains(part, StringComparison.Ordinal)) && Stopwatch.GetTimestamp() < end && await tick.WaitForNextTickAsync());
        Assert.All(parts, part => Assert.Contains(part, says, StringComparison.Ordinal));
    }

    /// <summary>As a program that knows nothing of Modular reads a queue.</summary>
    private async Task<List<T>> ReadAsync<T>(string queue, int count, Func<BasicGetResult, T> read)
    {
        await using var connection = await new ConnectionFactory { Uri = rabbit.Address }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false,
            queue.EndsWith(".refused", StringComparison.Ordinal) ? new Dictionary<string, object?> { ["x-single-active-consumer"] = true } : null);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var end = Stopwatch.GetTimestamp() + 120 * Stopwatch.Frequency;
        var messages = new List<T>();
        while (messages.Count < count && Stopwatch.GetTimestamp() < end)
        {
            if (await channel.BasicGetAsync(queue, autoAck: true) is { } message)
            {
                messages.Add(read(message));
            }
            else
            {
                await tick.WaitForNextTickAsync();
            }
        }

        return messages;
    }

    private static string Text(object? header) => header is byte[] bytes ? Encoding.UTF8.GetString(bytes) : $"{header}";

    private static async Task RunAsync(Practice practice, string sql)
    {
        await using var command = practice.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
