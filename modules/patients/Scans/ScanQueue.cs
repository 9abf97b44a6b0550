using Modular.Sdk;

namespace Modular.Patients.Scans;

/// <summary>Documents in the inbox as work that a team shares. What waits too long is in the front desk's inbox until somebody has it.</summary>
public static class ScanQueue
{
    public static readonly WorkQueue<Scan> Work = new("patients.scan", "document", "/patients/scans/waiting", PatientsPermissions.FileScan)
    {
        Open = s => s.State == ScanState.Waiting,
        Urgent = s => s.Overdue,
        Due = s => s.DueBy,
        Role = s => s.Overdue ? Roles.FrontDesk : null,
        Title = s => $"File {s.Name}",
        Link = s => $"/patients/scans?scan={s.Id}",
        Why = (s, ask) => $"It came {Said.Instant(s.ReceivedAt, ask.Zone, ask.Now)} and is in no chart yet; "
            + $"{(s.DueBy < ask.Now ? "it was to be filed by" : "file it by")} {Said.Instant(s.DueBy, ask.Zone, ask.Now)}.",
        Topic = PatientsModule.ScanTopic,
    };
}
