namespace Modular.Sdk;

/// <summary>Fills a demo practice.</summary>
public interface IDemoData
{
    /// <summary>Runs when the demo practice is made, and again on each later day: brings the data to <paramref name="today"/> and must be repeatable.</summary>
    Task SeedAsync(DateOnly today, CancellationToken ct);
}
