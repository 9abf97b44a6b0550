using Modular.Host.Start;
using Modular.Sdk;

namespace Modular.Host.Files;

/// <summary>A folder whose disk has less room left than is safe.</summary>
public sealed record FullDisk(string What, string Folder, long FreeBytes)
{
    public string Sentence => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The disk of {What} ({Folder}) has {FreeBytes / (1024 * 1024):N0} MB left.");
}

/// <summary>
/// Looks at the disks before the database has to stop for want of room: the data folder, the practices' folders in it, and PostgreSQL's own
/// where this machine runs it.
/// </summary>
public sealed class DiskSpace(StartOptions options, TimeProvider clock, ILogger<DiskSpace> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    private bool told;

    /// <summary>The disk with the least room, when that is too little; null when there is room enough. Asks the operating system, at each call.</summary>
    public FullDisk? Full => Folders().Select(f => new FullDisk(f.What, f.Folder, Free(f.Folder))).Where(d => d.FreeBytes < options.LeastFree).MinBy(d => d.FreeBytes);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            do
            {
                Tell();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    private void Tell()
    {
        var full = Full;
        if (full is not null && !told)
        {
            log.LogCritical("{Sentence} Below {Least} MB nothing more is uploaded and no requests should be sent here.", full.Sentence, options.LeastFree / (1024 * 1024));
        }

        told = full is not null;
    }

    private IEnumerable<(string What, string Folder)> Folders() => new[]
    {
        ("the data folder", options.DataDirectory), ("the practices' folders", Path.Combine(options.DataDirectory, "practices")),
        ("the database", Path.Combine(options.Cluster?.DataDirectory ?? "", "pgdata")),
        ("the database's log", Path.Combine(options.Cluster?.DataDirectory ?? "", "pgdata", "pg_wal")),
    }.Where(f => Directory.Exists(f.Item2));

    private static long Free(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (IOException)
        {
            // A disk that cannot be asked is not full: what is wrong with it shows elsewhere.
            return long.MaxValue;
        }
    }
}
