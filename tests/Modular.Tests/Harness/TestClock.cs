namespace Modular.Tests.Harness;

/// <summary>The real clock, moved on by the test.</summary>
public sealed class TestClock : TimeProvider
{
    private long offset;

    public void Move(TimeSpan by) => Interlocked.Add(ref offset, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref offset));
}
