using Modular.Sdk;

namespace Modular.Billing.Encounters;

/// <summary>
/// Which step may follow on which, and who may take it. None is taken back by itself: what was posted stays, and each has a step that leads the
/// other way with a reason.
/// </summary>
public static class EncounterSteps
{
    public static readonly Steps<Encounter, EncounterState> All = new("encounter", e => e.State, e => e.History, e => $"the one of {e.PatientName}");

    /// <summary>Saves what is entered; without a line it is to be entered still.</summary>
    public static readonly Step<Encounter, EncounterState> Enter = All.From(EncounterState.Open, EncounterState.Entered)
        .To([EncounterState.Entered, EncounterState.Open], "enter", BillingPermissions.Charge, Past, canBeTakenBack: false);

    public static readonly Step<Encounter, EncounterState> Lock = All.From(EncounterState.Entered)
        .To(EncounterState.Ready, "lock", BillingPermissions.Lock, e => e.State == EncounterState.Open ? "Enter the charges first." : Past(e),
            canBeTakenBack: false);

    public static readonly Step<Encounter, EncounterState> Reopen = All.From(EncounterState.Ready, EncounterState.NoCharge, EncounterState.Void)
        .To([EncounterState.Entered, EncounterState.Open], "reopen", BillingPermissions.Lock, _ => "It is open already.", canBeTakenBack: false);

    public static readonly Step<Encounter, EncounterState> Waive = All.From(EncounterState.Open, EncounterState.Entered)
        .To(EncounterState.NoCharge, "waive", BillingPermissions.Lock, Past, canBeTakenBack: false);

    public static readonly Step<Encounter, EncounterState> Cancel = All.From(EncounterState.Open, EncounterState.Entered, EncounterState.Ready,
        EncounterState.NoCharge)
        .To(EncounterState.Void, "void", BillingPermissions.Lock, _ => "It is void already.", canBeTakenBack: false);

    private static string Past(Encounter e) => $"The charges of this encounter are closed: it is {e.State.Title().ToLowerInvariant()}. Open it again first.";
}
