using System.Security.Cryptography;
using System.Text;
using Modular.Sdk;
using Quartz;

namespace Modular.Host.Bus;

/// <summary>When jobs run: Quartz's cron arithmetic in the practice's zone.</summary>
public static class JobTimes
{
    public static DateTimeOffset? Next(string cron, string zone, DateTimeOffset after) =>
        new CronExpression(cron, WallTime.Find(zone)).GetNextValidTimeAfter(after)?.ToUniversalTime();

    /// <summary>
    /// For one practice of many. What runs every so many seconds has a moment of its own in each of them: a thousand practices that look for
    /// something in the same instant would keep everything else that is due waiting, and each other.
    /// </summary>
    public static DateTimeOffset? Next(string cron, string zone, DateTimeOffset after, Guid practice)
    {
        var own = cron.Split(' ')[0] is ['0' or '*', '/', .. var step] && int.TryParse(step, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(BitConverter.ToUInt32(practice.ToByteArray(), 12) % (uint)seconds)
            : TimeSpan.Zero;
        return Next(cron, zone, after - own) + own;
    }

    public static bool IsValid(string cron) => CronExpression.TryParse(cron, out _);

    /// <summary>The same on every host, so that an occurrence planned twice is one message.</summary>
    public static Guid OccurrenceId(string job, DateTimeOffset occurrence) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{job} {occurrence.UtcTicks}")).AsSpan(0, 16));
}
