using Modular.Host.Practices;

namespace Modular.Host.Demo;

/// <summary>The first start: a catalogue without practices gets one, with demo data or empty.</summary>
public static class FirstPractice
{
    public static async Task EnsureAsync(IServiceProvider services, bool empty, int port, TextWriter console, CancellationToken ct)
    {
        var practices = services.GetRequiredService<PracticeRegistry>();
        if (practices.All.Count == 0)
        {
            await services.GetRequiredService<PracticeMaker>().AddAsync(empty ? Empty : DemoPractice.Wanted, ct);
        }

        foreach (var practice in practices.All.Where(p => p.Row.Status == "active"))
        {
            await console.WriteLineAsync($"{practice.Name}: http://{(practices.All.Count == 1 ? "localhost" : $"{practice.Row.Slug}.localhost")}:{port}");
        }
    }

    private static NewPractice Empty { get; } = new(
        "practice", "My practice", "America/New_York", ["localhost", "127.0.0.1"],
        [new(Guid.CreateVersion7(), "Main", "America/New_York")]);
}
