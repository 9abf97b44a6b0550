namespace Modular.Testing;

/// <summary>
/// The clock of a <see cref="TestPractice"/>: it runs, and the test moves it on. Whatever became due meanwhile (a message for later, a
/// session's end) happens then.
/// </summary>
/// <example><code>practice.Clock.Pass(TimeSpan.FromDays(30));</code></example>
public sealed class TestClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly HashSet<Timer> timers = [];
    private TimeSpan ahead;

    /// <summary>Moves the clock on. Never back: what the practice wrote would lie in the future.</summary>
    /// <param name="by">How far; not negative.</param>
    public void Pass(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        List<Timer> waiting;
        lock (gate)
        {
            ahead += by;
            waiting = [.. timers];
        }

        waiting.ForEach(t => t.Nearer(by));
    }

    /// <summary>Moves the clock on to an instant.</summary>
    /// <param name="instant">Not before now.</param>
    public void PassUntil(DateTimeOffset instant) => Pass(instant - GetUtcNow());

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return base.GetUtcNow() + ahead;
        }
    }

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Timer(this, callback, state, dueTime, period);

    /// <summary>A timer of the real clock, set anew whenever the test moves the time.</summary>
    private sealed class Timer : ITimer
    {
        private readonly TestClock clock;
        private readonly TimerCallback callback;
        private readonly ITimer real;
        private DateTimeOffset? due;
        private TimeSpan every;

        public Timer(TestClock clock, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (this.clock, this.callback) = (clock, callback);
            real = System.CreateTimer(Ring, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                every = period;
                due = dueTime == Timeout.InfiniteTimeSpan ? null : System.GetUtcNow() + dueTime;
                clock.timers.Add(this);
            }

            return real.Change(dueTime, period);
        }

        public void Nearer(TimeSpan by)
        {
            lock (clock.gate)
            {
                if (due is not { } at)
                {
                    return;
                }

                due = at -= by;
                var left = at - System.GetUtcNow();
                real.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, every);
            }
        }

        private void Ring(object? state)
        {
            lock (clock.gate)
            {
                due = every > TimeSpan.Zero ? System.GetUtcNow() + every : null;
            }

            callback(state);
        }

        public void Dispose()
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
            }

            real.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
