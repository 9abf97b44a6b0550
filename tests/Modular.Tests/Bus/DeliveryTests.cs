using Microsoft.Extensions.DependencyInjection;
using Modular.Counting.Messages;
using Modular.Facts.Messages;
using Modular.Host.Bus;
using Modular.Host.Data;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Bus;

public sealed class BusFixture : IAsyncLifetime
{
    public TestHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await BusHost.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

public sealed class DeliveryTests(BusFixture fixture) : IClassFixture<BusFixture>
{
    private readonly TestHost host = fixture.Host;

    [Fact]
    public async Task A_message_of_one_module_reaches_every_handler_of_another_and_cascades()
    {
        await host.PublishAsync(host.North, new NoteFact(7, "Snow in May"));

        await host.North.UntilAsync("select count(*) from counting.thirds where number = 7", 1L);
        await host.North.UntilAsync("select coalesce(max(text), '') from counting.projection where number = 7", "Snow in May");
        await host.North.UntilAsync("select count(*) from counting.calls where number = 7", 1L);
        Assert.Equal(0L, await host.South.AskAsync<long>("select count(*) from bus.inbox where body::text like '%Snow in May%'"));
    }

    [Fact]
    public async Task While_bulk_is_held_live_messages_go_on_and_bulk_ones_follow_afterwards()
    {
        using (host.Services.GetRequiredService<BusPump>().Lane(host.North).HoldBulk())
        {
            await host.PublishAsync(host.North, new OutgoingMessage(new NoteFact(71, "Of an import"), new(Bulk: true)));
            await host.PublishAsync(host.North, new NoteFact(72, "From a desk"));

            await host.North.UntilAsync("select count(*) from counting.thirds where number = 72", 1L);
            Assert.Equal(0L, await host.North.AskAsync<long>("select count(*) from counting.projection where number = 71"));
        }

        await host.North.UntilAsync("select count(*) from counting.thirds where number = 71", 1L);
    }

    [Fact]
    public async Task What_was_published_in_a_write_that_rolls_back_was_never_said()
    {
        await using (var scope = host.Scope(host.North))
        {
            var work = scope.ServiceProvider.GetRequiredService<Work>();
            await using (await work.BeginAsync())
            {
                await scope.ServiceProvider.GetRequiredService<IMessageBus>().PublishAsync(new Attempted(11, 0));
            }

            await scope.ServiceProvider.GetRequiredService<IMessageBus>().PublishAsync(new Attempted(12, 0));
            await work.FlushAsync();
        }

        await host.North.UntilAsync("select count(*) from counting.tries where number = 12", 1L);
        Assert.Equal(0L, await host.North.AskAsync<long>("select count(*) from bus.inbox where body->>'number' = '11'"));
    }

    [Fact]
    public async Task A_failed_attempt_leaves_nothing_and_a_later_one_counts()
    {
        await host.PublishAsync(host.North, new Attempted(21, 5));

        await host.North.UntilAsync("select coalesce(max(attempt), 0) from counting.tries where number = 21", 6);
        Assert.Equal(1L, await host.North.AskAsync<long>("select count(*) from counting.tries where number = 21"));
    }

    [Fact]
    public async Task After_seven_attempts_a_message_is_a_dead_letter_whose_reason_is_kind_and_place()
    {
        await host.PublishAsync(host.North, new Attempted(31, 99));

        await host.North.UntilAsync("select count(*) from bus.dead_letters where body->>'number' = '31'", 1L);
        Assert.Equal("7 InvalidOperationException InvalidOperationException in AttemptHandler.HandleAsync", await host.North.AskAsync<string>(
            "select attempts || ' ' || exception || ' ' || reason from bus.dead_letters where body->>'number' = '31'"));
        Assert.Equal(0L, await host.North.AskAsync<long>("select count(*) from counting.tries where number = 31"));
    }

    [Fact]
    public async Task A_message_whose_body_is_not_what_its_name_promises_is_a_dead_letter_at_once()
    {
        await using (var command = host.North.Database.CreateCommand("""
            insert into bus.wolverine_incoming_envelopes (id, status, owner_id, execution_time, body, message_type, received_at, module)
            select gen_random_uuid(), 'Incoming', 0, now() - interval '1 s',
                bus.envelope(gen_random_uuid(), alias, '{"number": "forty"}', now(), 'test', null, gen_random_uuid(), null, null, null), alias, 'local://counting.attempt/', 'counting'
            from unnest(array['counting.attempted.v1', 'counting.unheard-of.v1']) as alias
            """))
        {
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        host.Services.GetRequiredService<BusPump>().Lane(host.North).Poke();

        await host.North.UntilAsync("select count(*) from bus.dead_letters where body->>'number' = 'forty' and attempts = 1 and exception = 'UnreadableMessageException'", 2L);
    }

    [Fact]
    public async Task Messages_of_one_key_keep_their_order_through_a_retry_and_other_keys_do_not_wait()
    {
        var steps = Enumerable.Range(1, 40).Select(step => (object)new OutgoingMessage(new StepTaken("north face", step, step == 3 ? 5 : 0), new(Key: "north face")));
        var others = Enumerable.Range(1, 40).Select(step => (object)new OutgoingMessage(new StepTaken("ridge", step), new(Key: "ridge")));

        await host.PublishAsync(host.North, [.. steps, .. others]);

        await host.North.UntilAsync("select count(*) from counting.steps", 80L);
        var numbers = string.Join(",", Enumerable.Range(1, 40));
        Assert.Equal(numbers, await host.North.AskAsync<string>("select string_agg(step::text, ',' order by nr) from counting.steps where walk = 'north face'"));
        Assert.Equal(numbers, await host.North.AskAsync<string>("select string_agg(step::text, ',' order by nr) from counting.steps where walk = 'ridge'"));
    }

    [Fact]
    public async Task A_dead_letter_parks_its_key_until_it_is_discarded()
    {
        await host.PublishAsync(host.South,
            new OutgoingMessage(new StepTaken("cliff", 1, 99), new(Key: "cliff")),
            new OutgoingMessage(new StepTaken("cliff", 2), new(Key: "cliff")));
        await host.South.UntilAsync("select count(*) from bus.inbox where queue = 'counting.step' and status = 'parked'", 1L);
        using (var manager = await host.SignInAsync(host.South, Roles.Manager))
        {
            var said = await manager.PageAsync($"/admin/dead-letters/{await host.South.AskAsync<Guid>("select letter_id from bus.dead_letters where queue = 'counting.step'")}");
            Assert.Contains("later messages of cliff wait until this one is tried again or discarded", said.QuerySelector(".note.warn")!.TextContent, StringComparison.Ordinal);
        }

        await using (var connection = await host.South.Database.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            var letter = await host.South.AskAsync<Guid>("select letter_id from bus.dead_letters where queue = 'counting.step'");
            await Modular.Host.Bus.DeadLetterBox.DiscardAsync(connection, [letter], default);
        }

        host.Services.GetRequiredService<BusPump>().Lane(host.South).Poke();
        await host.South.UntilAsync("select coalesce(string_agg(step::text, ','), '') from counting.steps", "2");
    }

    [Fact]
    public async Task A_bulk_handler_gets_many_at_a_time_and_each_of_them_once()
    {
        await host.PublishAsync(host.North, [.. Enumerable.Range(0, 120).Select(line => new OutgoingMessage(new LineRead(line), new(Bulk: true)))]);

        await host.North.UntilAsync("select count(*) from counting.lines", 120L);
        Assert.Equal(120L, await host.North.AskAsync<long>("select count(distinct line) from counting.lines"));
        Assert.True(await host.North.AskAsync<int>("select max(together) from counting.lines") > 1);
    }

    [Fact]
    public async Task Memory_takes_a_thousand_and_the_rest_waits_in_the_table_and_comes_too()
    {
        await host.PublishAsync(host.North, [.. Enumerable.Range(1_000_000, 2_500).Select(number => (object)new Tallied(number))]);

        await host.North.UntilAsync("select count(distinct number) || ' ' || count(*) from counting.thirds where number >= 1000000", "2500 2500");
    }

    [Fact]
    public async Task Asking_gives_the_reply_or_null_when_nobody_answers()
    {
        await host.PublishAsync(host.North, new NoteFact(41, "Known"));
        await host.North.UntilAsync("select count(*) from facts.facts where number = 41", 1L);
        await using var scope = host.Scope(host.North);
        var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();

        Assert.Equal(new FactFound(41, "Known"), await bus.InvokeAsync<FactFound>(new FindFact(41)));
        Assert.Null(await bus.InvokeAsync<FactFound>(new FindFact(42)));
        await Assert.ThrowsAsync<NoHandlerException>(() => bus.SendAsync(new FactFound(1, "")));
    }
}
