using Modular.Sdk;

namespace Modular.Patients.Scans;

/// <summary>How long something has waited, as people say it.</summary>
public static class ScanWords
{
    public static string Waited(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => "just came",
        { TotalHours: < 1 } => $"{(int)time.TotalMinutes} min",
        { TotalDays: < 1 } => $"{(int)time.TotalHours} h",
        _ => Said.Many((long)time.TotalDays, "day"),
    };
}
