using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.Logging;
using Modular.Host.Logging;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.Observability;

/// <summary>What a line may hold of an exception, whichever way it came in.</summary>
public sealed class LogDoorTests : IDisposable
{
    private static readonly string Said = $"{LogCanary.Token} Vale, born 1931";

    private readonly ConcurrentQueue<string> lines = new();
    private readonly LogDoor door;

    public LogDoorTests() => door = new(LoggerFactory.Create(logging => logging.AddProvider(LogCanary.Listen(lines))));

    public void Dispose() => door.Dispose();

    [Fact]
    public void Kind_and_place_of_every_exception_in_the_chain_are_said_and_none_of_their_words()
    {
        Log().LogError(Caught(() => throw new InvalidOperationException(Said, Caught(() => throw new FormatException(Said)))), "A page failed");

        Assert.Contains("A page failed (InvalidOperationException in LogDoorTests.", Assert.Single(lines), StringComparison.Ordinal);
        Assert.Contains(", by FormatException in LogDoorTests.", lines.Single(), StringComparison.Ordinal);
        NothingSaid();
    }

    [Fact]
    public void An_exception_among_the_values_is_replaced_in_the_text_and_in_the_values()
    {
        var failure = Caught(() => throw new AggregateException(new InvalidOperationException(Said), new TargetInvocationException(new FormatException(Said))));
        Log().LogWarning("Saving failed:{NewLine}{Error} and {Words}", Environment.NewLine, failure, failure.Message);

        Assert.Contains("Saving failed:", Assert.Single(lines), StringComparison.Ordinal);
        NothingSaid();
    }

    [Fact]
    public void A_formatter_that_writes_the_exception_itself_is_corrected()
    {
        Log().Log(LogLevel.Error, default, 0, Caught(() => throw new InvalidOperationException(Said)), (_, e) => $"It said {e!.Message} and {e}");

        Assert.Contains("It said … and …", Assert.Single(lines), StringComparison.Ordinal);
        NothingSaid();
    }

    [Fact]
    public void Nothing_that_the_database_quotes_is_said()
    {
        var refused = new PostgresException($"duplicate key {Said}", "ERROR", "ERROR", "23505", detail: $"Key (name)=({Said}) exists", hint: Said, where: Said);
        Log().LogError(new InvalidOperationException("x", refused), "Not saved: {Text}, {Detail}, {Where}", refused.MessageText, refused.Detail, refused.Where);

        Assert.Contains("PostgresException 23505", Assert.Single(lines), StringComparison.Ordinal);
        NothingSaid();
    }

    [Fact]
    public void The_words_of_the_database_are_shown_to_administrators_only_where_they_name_no_values()
    {
        Assert.Equal("column \"name\" does not exist (42703)", Failure.Sql(new("column \"name\" does not exist", "ERROR", "ERROR", "42703")));
        Assert.Equal("PostgreSQL 22P02", Failure.Sql(new(Said, "ERROR", "ERROR", "22P02")));
        Assert.Equal("PostgreSQL 23505 at core.people.people_one_name", Failure.Sql(new(Said, "ERROR", "ERROR", "23505", schemaName: "core", tableName: "people", constraintName: "people_one_name")));
    }

    [Fact]
    public void The_frames_that_are_kept_with_a_failed_message_hold_kinds_and_places_alone()
    {
        var frames = Failure.Frames(Caught(() => throw new InvalidOperationException(Said, new FormatException(Said))));

        Assert.StartsWith("System.InvalidOperationException\n   at ", frames, StringComparison.Ordinal);
        Assert.EndsWith("System.FormatException", frames, StringComparison.Ordinal);
        Assert.DoesNotContain(LogCanary.Token, frames, StringComparison.Ordinal);
    }

    private ILogger Log() => door.CreateLogger("test");

    private void NothingSaid() => Assert.DoesNotContain(lines, line => line.Contains(LogCanary.Token, StringComparison.OrdinalIgnoreCase) || line.Contains("1931", StringComparison.Ordinal));

    private static Exception Caught(Action failing)
    {
        try
        {
            failing();
        }
        catch (Exception e)
        {
            return e;
        }

        throw new InvalidOperationException("It did not fail.");
    }
}
