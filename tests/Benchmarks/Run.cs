using Modular.Benchmarks.Data;
using Modular.Benchmarks.Measures;
using Modular.Benchmarks.Running;

namespace Modular.Benchmarks;

/// <summary>Sets up what the wanted measures need, runs them one after the other, prints the table.</summary>
public sealed class Run(Options options, string work) : IAsyncDisposable
{
    private readonly Published published = new(work, again: !options.AsPublished);
    private readonly Table table = new(options);
    private Site? site;
    private bool failed;

    private static readonly string[] OnLargePractice = ["data", "day", "search", "book", "growth", "messages", "weights", "frontdesk", "import"];

    public static async Task<int> AllAsync(Options options)
    {
        var work = options.Work ?? Directory.CreateTempSubdirectory("modular-benchmarks-").FullName;
        try
        {
            await using var run = new Run(options, work);
            await run.AllAsync();
            return run.failed ? 1 : 0;
        }
        finally
        {
            if (options.Work is null)
            {
                Directory.Delete(work, recursive: true);
            }
        }
    }

    private async Task AllAsync()
    {
        if (OnLargePractice.Any(options.Wants))
        {
            await OnLargeAsync();
        }

        if (options.Wants("start") || options.Wants("memory"))
        {
            await OnTenModulesAsync();
        }

        await MeasureAsync("modules", () => Modules.MeasureAsync(async count => (Data: await WithModulesAsync(count), Site: site!), options));

        if (options.Wants("practices"))
        {
            await CloseAsync();
            site = await Site.StartAsync(Path.Combine(work, "site-practices"), await published.HostAsync(), options.Connection);
            await MeasureAsync("practices", () => IdlePractices.MeasureAsync(site, options));
        }

        var text = table.Markdown(DateTimeOffset.UtcNow);
        Console.WriteLine(text);
        if (options.Out is { } file)
        {
            await File.WriteAllTextAsync(file, text);
        }
    }

    private async Task OnLargeAsync()
    {
        site = await Site.StartAsync(Path.Combine(work, "site"), await published.HostAsync(), options.Connection);
        var (small, large) = await PracticesAsync(site);
        await large.EnsureDenseAsync(site);
        await using (var host = site.StartHost())
        await using (var floor = site.StartFloor(large.Database))
        {
            await host.AnswersAsync("/account/sign-in", $"{large.Slug}.localhost");
            await floor.AnswersAsync("/hand/nothing", "localhost");
            await MeasureAsync("day", () => DayPage.MeasureAsync(host, floor, large, options));
            await MeasureAsync("growth", () => Growth.MeasureAsync(host, small, large, options));
            await MeasureAsync("search", () => Search.MeasureAsync(host, floor, site, large, options));
            await MeasureAsync("weights", () => PageWeights.MeasureAsync(host, floor, large));
            await MeasureAsync("book", () => Book.MeasureAsync(host, site, large, options));
            await MeasureAsync("frontdesk", () => FrontDesk.MeasureAsync(host, floor, large, options));
        }

        await MeasureAsync("messages", () => Messages.MeasureAsync(site, large, options));
        var assembly = await published.HostAsync();
        await MeasureAsync("import", () => ImportFile.MeasureAsync(site, large, assembly, work, options));
    }

    private async Task<(PracticeData Small, PracticeData Large)> PracticesAsync(Site at)
    {
        await using (var host = await at.OpenHostAsync())
        {
            await Site.AddPracticeAsync(host.Services, "small");
            await Site.AddPracticeAsync(host.Services, "large");
            await host.StopAsync();
        }

        return (await PracticeData.EnsureAsync(at, "small", options.Patients / 10, options.Visits / 10),
            await PracticeData.EnsureAsync(at, "large", options.Patients, options.Visits));
    }

    private async Task OnTenModulesAsync()
    {
        var data = await WithModulesAsync(10);
        await MeasureAsync("start", () => Start.MeasureAsync(site!, data, options));
        await MeasureAsync("memory", () => Memory.MeasureAsync(site!, data, options));
    }

    /// <summary>A site whose host has this many modules, all of them enabled in a small practice.</summary>
    private async Task<PracticeData> WithModulesAsync(int modules)
    {
        await CloseAsync();
        site = await Site.StartAsync(Path.Combine(work, $"site-{modules}"), await published.HostWithAsync(modules), options.Connection);
        var slug = $"with{modules}";
        await using (var host = await site.OpenHostAsync())
        {
            await Site.AddPracticeAsync(host.Services, slug);
            await host.StopAsync();
        }

        return await PracticeData.EnsureAsync(site, slug, 2_000, 20_000);
    }

    /// <summary>A measure that fails costs its own lines and says so; the others still count.</summary>
    private async Task MeasureAsync(string name, Func<Task<IReadOnlyList<Row>>> measure)
    {
        if (!options.Wants(name))
        {
            return;
        }

        Console.Error.WriteLine($"Measuring: {name}");
        try
        {
            table.Add(await measure());
        }
        catch (Exception e)
        {
            failed = true;
            await Console.Error.WriteLineAsync(e.ToString());
            table.Add([new($"{name}: not measured", e.Message.Split('\n')[0], Met: false)]);
        }
    }

    private async Task CloseAsync()
    {
        if (site is not null)
        {
            await site.DisposeAsync();
            site = null;
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync();
}
