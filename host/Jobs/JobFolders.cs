using Modular.Host.Bus;
using Modular.Host.Files;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Host.Start;
using Modular.Sdk;

namespace Modular.Host.Jobs;

/// <summary>
/// Some jobs look into a folder, which few practices have. A folder is made by a page of any host, by hand or by a restored backup, so it is
/// looked for: for a thousand practices that is a thousand questions to the file system and none to a database.
/// </summary>
public sealed class JobFolders(StartOptions options, InstalledModules modules, PracticeRegistry practices, BusPump pump, TimeProvider clock, ILogger<JobFolders> log) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    /// <summary>A folder that went and came back between two looks is planned anew after this long.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(10);

    private readonly Dictionary<(Guid Practice, string Job), DateTimeOffset> planned = [];

    public static bool Has(StartOptions options, Practice practice, JobDeclaration job) =>
        job.Folder is not { } folder || Directory.Exists(Folders.PathOf(options, practice, folder));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var jobs = modules.WithCore.SelectMany(module => module.Declared.Jobs.Where(job => job.Folder is not null).Select(job => (module.Id, job))).ToList();
        using var tick = new PeriodicTimer(Between, clock);
        try
        {
            while (jobs.Count > 0 && await tick.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var practice in practices.All.Where(p => p.Snapshot.Ready))
                {
                    await LookAsync(practice, [.. jobs.Where(j => practice.IsOn(j.Id)).Select(j => j.job)], stoppingToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task LookAsync(Practice practice, List<JobDeclaration> jobs, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var there = jobs.Where(job => Has(options, practice, job)).ToList();
        foreach (var gone in jobs.Except(there))
        {
            planned.Remove((practice.Id, gone.Id));
        }

        if (there.TrueForAll(job => planned.TryGetValue((practice.Id, job.Id), out var at) && now - at < Again))
        {
            return;
        }

        try
        {
            await JobPlan.EnsureAsync(practice, modules, options, clock, stop);
            // The bus learns of the occurrence when it looks.
            pump.Lane(practice).Poke();
            there.ForEach(job => planned[(practice.Id, job.Id)] = now);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Its database is away for a while, or the practice was just removed: the next look plans it.
            log.LogWarning("The jobs of practice {Practice} could not be planned: {Exception}", practice.Row.Slug, e.GetType().Name);
        }
    }
}
