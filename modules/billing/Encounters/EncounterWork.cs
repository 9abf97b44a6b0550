using Modular.Sdk;

namespace Modular.Billing.Encounters;

/// <summary>Encounters as work that billers share, and as the one search finds them.</summary>
public static class EncounterWork
{
    public static readonly WorkQueue<Encounter> Queue = new("billing.encounter", "encounter", "/billing/encounters", BillingPermissions.Charge)
    {
        Open = e => e.State == EncounterState.Open || e.State == EncounterState.Entered,
        DueOn = e => e.DueOn,
        Title = e => $"Enter the charges of {e.PatientName}, {Said.ShortDay(e.ServiceFrom)}",
        Link = e => e.Url,
        Why = (e, ask) => $"{e.What} on {Said.ShortDay(e.ServiceFrom)}; {(e.State == EncounterState.Open ? "nothing is charged yet" : "entered and not closed")}, "
            + $"{Said.Many(Math.Max(0, ask.Today.DayNumber - e.ServiceTo.DayNumber), "day")} old.",
    };

    public static SearchEntry? Found(Encounter e) => e.State == EncounterState.Void ? null : new(
        $"{e.PatientName}, {Said.ShortDay(e.ServiceFrom)}", $"Encounter · {e.What} · {e.State.Title().ToLowerInvariant()}", e.Url,
            BillingPermissions.Read,
        Keywords: "encounter charge superbill", LocationId: e.LocationId, PatientId: e.PatientId);
}
