using Modular.Sdk;

namespace Modular.Patients.Scans;

/// <summary>What the last look saw of a file in the folder.</summary>
[NotLogged]
public sealed class ScanSighting
{
    /// <summary>Between two looks; a scanner that pauses for the next sheet writes again within it.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    /// <summary>A file that stays empty is no file on its way.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    public Guid LocationId { get; init; }
    public string Name { get; init; } = "";
    public long Length { get; private set; }
    public DateTimeOffset WrittenAt { get; private set; }

    /// <summary>Since when it looks as it does.</summary>
    public DateTimeOffset SeenAt { get; private set; }

    /// <summary>True when the file has stopped growing: size and time are those of a look long enough ago.</summary>
    public bool Settled(SeenFile file, DateTimeOffset now) =>
        file.Length == Length && SameTime(file) && now - SeenAt >= (file.Length > 0 ? Quiet : Patience);

    public void Note(SeenFile file, DateTimeOffset now)
    {
        if (file.Length != Length || !SameTime(file) || SeenAt == default)
        {
            (Length, WrittenAt, SeenAt) = (file.Length, file.WrittenAt, now);
        }
    }

    /// <summary>The database keeps microseconds, a file system more.</summary>
    private bool SameTime(SeenFile file) => Math.Abs((file.WrittenAt - WrittenAt).Ticks) < TimeSpan.TicksPerMillisecond;
}
