using System.Security.Cryptography;
using System.Text;
using Modular.Sdk;
using Quartz;

namespace Modular.Host.Jobs;

/// <summary>When jobs run: Quartz's cron arithmetic in the practice's zone.</summary>
public static class JobTimes
{
    public static DateTimeOffset? Next(string cron, string zone, DateTimeOffset after) =>
        new CronExpression(cron, WallTime.Find(zone)).GetNextValidTimeAfter(after)?.ToUniversalTime();

    public static bool IsValid(string cron) => CronExpression.TryParse(cron, out _);

    /// <summary>The same on every host, so that an occurrence planned twice is one message.</summary>
    public static Guid OccurrenceId(string job, DateTimeOffset occurrence) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{job} {occurrence.UtcTicks}")).AsSpan(0, 16));
}
