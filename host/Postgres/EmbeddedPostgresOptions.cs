namespace Modular.Host.Postgres;

public sealed record EmbeddedPostgresOptions
{
    /// <summary>For tests: nothing is forced to disk. A killed server loses its last moments, a power cut everything.</summary>
    public bool ThrowAway { get; init; }

    /// <summary>A server that ends by itself is started again, at once at first and at growing distances while that does not help.</summary>
    public bool KeepRunning { get; init; }

    /// <summary>Bound for a start, recovery after a crash included.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Bound for a clean stop; after it the server is ended at once and recovers at the next start.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
