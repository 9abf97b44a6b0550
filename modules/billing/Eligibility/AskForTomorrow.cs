using Modular.Sdk;

namespace Modular.Billing.Eligibility;

/// <summary>Each evening, the coverage of tomorrow's visits is to be asked for.</summary>
[Message("billing.ask-for-tomorrow.v1", OneHandler = true)]
public sealed record AskForTomorrow;

public sealed class AskForTomorrowHandler(EligibilityDesk desk, IPractice practice, TimeProvider clock)
{
    public Task HandleAsync(AskForTomorrow message, CancellationToken ct) =>
        desk.AskForVisitsAsync(WallTime.Today(clock, practice.Zone).AddDays(1), null, ct);
}
