using Modular.Benchmarks.Data;
using Modular.Benchmarks.Measures;
using Modular.Benchmarks.Running;

namespace Modular.Benchmarks;

/// <summary>Sets up what the wanted measures need, runs them one after the other, prints the table.</summary>
public sealed class Run(Options options, string work) : IAsyncDisposable
{
    private readonly Published published = new(work, Published.Repository, again: !options.AsPublished);
    private readonly Published? before = options.Before is { } repository ? new(Path.Combine(work, "before"), repository, again: !options.AsPublished) : null;
    private readonly Table table = new(options);
    private Site? site;
    private Site? siteBefore;
    private bool failed;

    private static readonly string[] OnLargePractice = ["data", "day", "search", "book", "growth", "weights", "frontdesk", "indicators", "letters", "disposal", "import"];

    public static async Task<int> AllAsync(Options options)
    {
        var work = options.Work ?? MakeFolder();
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

        await MeasureAsync("modules", () => Modules.MeasureAsync(async count => (await WithModulesAsync(count), site!, siteBefore), options));
        await MeasureAsync("messages", async () =>
        {
            var data = await MessagesAsync();
            return await Messages.MeasureAsync(site!, siteBefore, data, options);
        });
        await MeasureAsync("practices", async () =>
        {
            await OpenAsync("site-practices", p => p.HostAsync());
            var ours = await IdlePractices.MeasureAsync(site!, "", options);
            return siteBefore is null ? ours : [.. ours, .. await IdlePractices.MeasureAsync(siteBefore, "before: ", options)];
        });
        await MeasureAsync("x12", () => X12Files.MeasureAsync(options));
        await MeasureAsync("proofs", () => Proofs.RunAsync(options));

        var text = table.Markdown(DateTimeOffset.UtcNow);
        Console.WriteLine(text);
        if (options.Out is { } file)
        {
            await File.WriteAllTextAsync(file, text);
        }
    }

    private async Task OnLargeAsync()
    {
        await OpenAsync("site", p => p.HostAsync(), withBefore: false);
        var (small, large) = await PracticesAsync(site!);
        await large.EnsureDenseAsync(site!);
        await using (var host = site!.StartHost())
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
            await MeasureAsync("indicators", () => IndicatorPages.MeasureAsync(host, site, large, options));
            await MeasureAsync("letters", () => Letters.MeasureAsync(host, site, large));
            await MeasureAsync("disposal", () => Disposal.MeasureAsync(host, site, large, options));
        }

        var assembly = await published.HostAsync();
        await MeasureAsync("import", () => ImportFile.MeasureAsync(site, large, assembly, work, options));
    }

    private async Task<(PracticeData Small, PracticeData Large)> PracticesAsync(Site at)
    {
        await at.AddPracticesAsync("small", "large");
        return (await PracticeData.EnsureAsync(at, "small", options.Patients / 10, options.Visits / 10),
            await PracticeData.EnsureAsync(at, "large", options.Patients, options.Visits));
    }

    private async Task OnTenModulesAsync()
    {
        var data = await WithModulesAsync(10);
        await MeasureAsync("start", () => Start.MeasureAsync(site!, siteBefore, data, options));
        await MeasureAsync("memory", () => Memory.MeasureAsync(site!, siteBefore, data, options));
    }

    /// <summary>A site whose host has this many modules, all of them enabled in a small practice; and the same of before.</summary>
    private async Task<PracticeData> WithModulesAsync(int modules)
    {
        await OpenAsync($"site-{modules}", p => p.HostWithAsync(modules));
        var slug = $"with{modules}";
        return await EachAsync(async at =>
        {
            await at.AddPracticesAsync(slug);
            return await PracticeData.EnsureAsync(at, slug, 2_000, 20_000);
        });
    }

    /// <summary>All the patients but few visits: what messages about patients meet. And a practice beside it.</summary>
    private async Task<PracticeData> MessagesAsync()
    {
        await OpenAsync("site-messages", p => p.HostAsync());
        return await EachAsync(async at =>
        {
            await at.AddPracticesAsync(Messages.Busy, Messages.Quiet);
            await PracticeData.EnsureAsync(at, Messages.Quiet, 2_000, 20_000);
            return await PracticeData.EnsureAsync(at, Messages.Busy, options.Patients, 20_000);
        });
    }

    private async Task OpenAsync(string name, Func<Published, Task<string>> host, bool withBefore = true)
    {
        await CloseAsync();
        site = await Site.StartAsync(Path.Combine(work, name), await host(published), await published.DriverAsync(), options.Connection);
        if (withBefore && before is not null)
        {
            siteBefore = await Site.StartAsync(Path.Combine(work, "before", name), await host(before), await before.DriverAsync(), null);
        }
    }

    private async Task<T> EachAsync<T>(Func<Site, Task<T>> make)
    {
        if (siteBefore is not null)
        {
            await make(siteBefore);
        }

        return await make(site!);
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
        await (site?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (siteBefore?.DisposeAsync() ?? ValueTask.CompletedTask);
        (site, siteBefore) = (null, null);
    }

    /// <summary>Not where temporary files go by default with the rights of their user alone: run by root, the database's own user must reach it.</summary>
    private static string MakeFolder()
    {
        var folder = Directory.CreateTempSubdirectory("modular-benchmarks-").FullName;
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        return folder;
    }

    public async ValueTask DisposeAsync() => await CloseAsync();
}
