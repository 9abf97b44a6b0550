using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Modular.Host.Bus;
using Modular.Sdk;

namespace Modular.Tests.Bus;

[Message("rules.told.v1")]
public sealed record Told(int Number);

[Message("rules.answered.v1")]
public sealed record Answered(int Number);

public sealed record Nameless(int Number);

public sealed class PlainHandler
{
    public static Answered Handle(Told told) => new(told.Number + 1);
}

[Queue("rules.kept-name")]
public sealed class RenamedHandler
{
    public static void Handle(Told told) => ArgumentNullException.ThrowIfNull(told);
}

public sealed class LoadingHandler
{
    public static async Task<(int, string)> LoadAsync(Told told)
    {
        await Task.Yield();
        return (told.Number * 10, "loaded");
    }

    public static IEnumerable<string> Validate(Told told, int loaded)
    {
        if (loaded == 0)
        {
            yield return "Nothing to do";
        }
    }

    public static ValueTask<Answered> HandleAsync(Told told, int loaded, string text, Envelope envelope, DateTimeOffset now) =>
        ValueTask.FromResult(new Answered(loaded + text.Length + envelope.Attempt + now.Year));
}

public sealed class ListHandler
{
    public static Answered Handle(IReadOnlyList<Told> told) => new(told.Sum(t => t.Number));
}

public sealed class NamelessHandler
{
    public static void Handle(Nameless message) => ArgumentNullException.ThrowIfNull(message);
}

public sealed class PrimitiveHandler
{
    public static int Handle(Told told) => told.Number;
}

internal sealed class HiddenHandler
{
    public static void Handle(Told told) => ArgumentNullException.ThrowIfNull(told);
}

public sealed class DiscoveryTests
{
    private static readonly Envelope First = new(Guid.Empty, "rules.told.v1", Guid.Empty, default, Guid.Empty, null, null, "test", 1);

    [Fact]
    public void A_handlers_queue_is_its_modules_and_its_own_name()
    {
        Assert.Equal("rules.plain", HandlerDiscovery.Find("rules", [typeof(PlainHandler)]).Single().Queue);
        Assert.Equal("rules.kept-name", HandlerDiscovery.Find("rules", [typeof(RenamedHandler)]).Single().Queue);
    }

    [Theory]
    [InlineData(typeof(NamelessHandler), "NamelessHandler handles Nameless, which has no [Message(\"module.name.v1\")].")]
    [InlineData(typeof(PrimitiveHandler), "PrimitiveHandler returns Int32; a handler returns messages or nothing.")]
    [InlineData(typeof(HiddenHandler), "HiddenHandler handles rules.told.v1 but is not public, so it would never run.")]
    public void What_breaks_the_convention_is_refused_with_a_sentence(Type handler, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<HandlerRefusedException>(() => HandlerDiscovery.Find("rules", [handler])).Message);

    [Fact]
    public void Two_handlers_of_one_queue_are_refused() =>
        Assert.Contains("each needs a name of its own", Assert.Throws<HandlerRefusedException>(() => HandlerDiscovery.Find("rules", [typeof(PlainHandler), typeof(PlainHandler)])).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Load_fills_parameters_and_the_rest_is_injected()
    {
        var now = new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

        Assert.Equal(new Answered(70 + 6 + 1 + 2026), await RunAsync(typeof(LoadingHandler), new Told(7), now));
    }

    [Fact]
    public async Task A_refusal_of_Validate_ends_it_quietly() => Assert.Null(await RunAsync(typeof(LoadingHandler), new Told(0), default));

    [Fact]
    public async Task A_list_handler_gets_one_message_as_a_list_of_one() => Assert.Equal(new Answered(5), await RunAsync(typeof(ListHandler), new Told(5), default));

    [Fact]
    public void Returned_values_cascade_whatever_holds_them()
    {
        var later = new OutgoingMessage(new Told(3), new(ScheduledAt: DateTimeOffset.UnixEpoch));

        var messages = Cascades.Of((new Told(1), (object?)null, new object[] { new Told(2), later }, new OutgoingMessages().Publish(new Told(4)))).ToList();

        Assert.Equal([new Told(1), new Told(2), new Told(3), new Told(4)], messages.Select(m => (Told)m.Message));
        Assert.Equal(DateTimeOffset.UnixEpoch, messages[2].Options!.ScheduledAt);
        Assert.Empty(Cascades.Of(null));
    }

    [Fact]
    public void Under_an_invoke_the_reply_is_not_published()
    {
        var (reply, others) = Cascades.Split<Answered>((new Told(1), new Answered(2)));

        Assert.Equal(new Answered(2), reply);
        Assert.Equal(new Told(1), Assert.Single(others).Message);
    }

    private static async Task<object?> RunAsync(Type type, Told message, DateTimeOffset now)
    {
        await using var services = new ServiceCollection().AddSingleton(NullLoggerFactory.Instance).BuildServiceProvider();
        var handler = HandlerDiscovery.Find("rules", [type]).Single();
        return await handler.Run(new(services, handler.Argument([message]), First, now, default));
    }
}
