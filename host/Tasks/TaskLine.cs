using Modular.Host.Installed;
using Modular.Sdk;

namespace Modular.Host.Tasks;

/// <summary>A task as a row: when, what, from where.</summary>
/// <param name="ModuleOff">The module that asked for it is off: its page is not there.</param>
/// <param name="By">The due time as people say it; empty without one.</param>
public sealed record TaskLine(Guid Id, string Title, string Link, string From, string Tone, string Icon, string When, string By, Guid? AssigneeId, bool ModuleOff)
{
    public static TaskLine Of(TaskRow task, InstalledModules modules, string zone, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(WallTime.At(now, zone).DateTime);
        var (tone, icon, when) = task switch
        {
            { Overdue: true } => ("bad", "alert", "Overdue"),
            { Urgent: true } => ("bad", "flag", "Urgent"),
            { Due: null } => ("", "minus", "Any time"),
            { Due: { } due } => Until(DateOnly.FromDateTime(WallTime.At(due, zone).DateTime).DayNumber - today.DayNumber),
        };
        var by = task.Due is not { } at ? ""
            : DateOnly.FromDateTime(WallTime.At(at, zone).DateTime) == today ? Said.Time(TimeOnly.FromDateTime(WallTime.At(at, zone).DateTime))
            : Said.Day(DateOnly.FromDateTime(WallTime.At(at, zone).DateTime), today);
        return new(task.Id, task.Title, task.Link, modules.Find(task.Module)?.Manifest.Name ?? task.Module, tone, icon, when, by, task.AssigneeId, task.ModuleOff);
    }

    private static (string, string, string) Until(int days) => days switch
    {
        <= 0 => ("warn", "clock", "Today"),
        <= 7 => ("info", "calendar", "This week"),
        _ => ("", "calendar", "Later"),
    };
}
