using Modular.Sdk;

namespace Modular.Patients.Scans;

public enum ScanState
{
    Waiting,
    Filed,
    Discarded,
}

/// <summary>What becomes of a document in the inbox. All of it can be taken back with "return", which takes it out of the chart as well.</summary>
public static class ScanSteps
{
    public static readonly Steps<Scan, ScanState> All = new("document", s => s.State, s => s.History, s => s.Name);

    public static readonly Step<Scan, ScanState> File = All.From(ScanState.Waiting)
        .To(ScanState.Filed, "file", PatientsPermissions.FileScan, Closed, canBeTakenBack: false);

    public static readonly Step<Scan, ScanState> Discard = All.From(ScanState.Waiting)
        .To(ScanState.Discarded, "discard", PatientsPermissions.FileScan, Closed, canBeTakenBack: false);

    public static readonly Step<Scan, ScanState> Return = All.From(ScanState.Filed, ScanState.Discarded)
        .To(ScanState.Waiting, "return", PatientsPermissions.FileScan, s => $"{s.Name} is in the inbox already.", canBeTakenBack: false);

    private static string Closed(Scan s) => $"{s.Name} was {s.State.Text()} already by {s.ClosedBy}.";
}
