using Modular.Host.Slots;

namespace Modular.Tests.Frame;

public sealed class BreakerTests
{
    private static readonly Guid Practice = Guid.CreateVersion7();
    private readonly MovedClock clock = new();

    [Fact]
    public void Three_failures_in_a_row_rest_a_panel_for_a_minute_here_and_nowhere_else()
    {
        var breaker = new SlotBreaker(clock);

        Fail(breaker, 3);

        Assert.True(breaker.IsOpen(Practice, "a"));
        Assert.False(breaker.IsOpen(Practice, "b"));
        Assert.False(breaker.IsOpen(Guid.CreateVersion7(), "a"));
        clock.Now += SlotBreaker.Rest;
        Assert.False(breaker.IsOpen(Practice, "a"));
    }

    [Fact]
    public void After_the_rest_one_more_failure_is_enough()
    {
        var breaker = new SlotBreaker(clock);
        Fail(breaker, 3);
        clock.Now += SlotBreaker.Rest;

        Fail(breaker, 1);

        Assert.True(breaker.IsOpen(Practice, "a"));
    }

    [Fact]
    public void A_success_forgets_the_failures_before_it()
    {
        var breaker = new SlotBreaker(clock);
        Fail(breaker, 2);
        breaker.Worked(Practice, "a");

        Fail(breaker, 2);

        Assert.False(breaker.IsOpen(Practice, "a"));
    }

    private static void Fail(SlotBreaker breaker, int times)
    {
        for (var i = 0; i < times; i++)
        {
            breaker.Failed(Practice, "a");
        }
    }

    private sealed class MovedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 23, 15, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
