using Modular.Sdk;

namespace Modular.Billing.Encounters;

/// <summary>What each step changes, and what it needs beside the state it begins in.</summary>
public sealed partial class Encounter
{
    /// <param name="write">Changes diagnoses, lines and providers.</param>
    public string? Enter(Action<Encounter> write, DateTimeOffset now, string by) => EncounterSteps.Enter.Take(this, now, by, _ =>
    {
        write(this);
        Sum();
        return StepOutcome.Taken(
            $"{Said.Many(Lines.Count, "line")}, {Said.Many(Diagnoses.Count, "diagnosis", "diagnoses")}, {Said.Money(Total)}", "info",
            Lines.Count == 0 ? EncounterState.Open : EncounterState.Entered);
    });

    /// <param name="coverages">Who pays, as it is known today.</param>
    public string? Lock(IEnumerable<EncounterCoverage> coverages, DateTimeOffset now, string by) => EncounterSteps.Lock.Take(this, now, by, _ =>
    {
        if (Missing().FirstOrDefault() is { } missing)
        {
            return StepOutcome.Refused(missing.Sentence);
        }

        Coverages.Clear();
        Coverages.AddRange(coverages);
        var posted = Post(LedgerOf(now, by), now, by);
        return StepOutcome.Taken($"Ready with {Said.Money(Total)}{(posted.Reversed == 0 ? "" : $", {Said.Many(posted.Reversed, "entry", "entries")} corrected")}", "ok");
    });

    public string? Reopen(string? reason, DateTimeOffset now, string by) => EncounterSteps.Reopen.Take(this, now, by, _ =>
    {
        if (reason is null)
        {
            return StepOutcome.Refused("Say why it is opened again.");
        }

        EndReason = null;
        return StepOutcome.Taken($"Opened again: {reason}", "warn", Lines.Count == 0 ? EncounterState.Open : EncounterState.Entered);
    });

    public string? Waive(string? reason, DateTimeOffset now, string by) => EncounterSteps.Waive.Take(this, now, by, _ => End("No charge", reason,
        now, by));

    public string? Cancel(string? reason, DateTimeOffset now, string by) => EncounterSteps.Cancel.Take(this, now, by, _ => End("Void", reason, now,
        by));

    private StepOutcome End(string how, string? reason, DateTimeOffset now, string by)
    {
        if (reason is null)
        {
            return StepOutcome.Refused("Say why it ends like this.");
        }

        EndReason = reason;
        var posted = Post([], now, by);
        return StepOutcome.Taken($"{how}: {reason}{(posted.Reversed == 0 ? "" : $" ({Said.Many(posted.Reversed, "entry", "entries")} reversed)")}", "warn");
    }

    /// <summary>The visit is for this case from now on, whose coverage pays; null for the health plan's.</summary>
    public void For(Guid? caseId, DateTimeOffset now, string by)
    {
        if (caseId != CaseId)
        {
            CaseId = caseId;
            EncounterSteps.All.Note(this, now, by, caseId is null
                ? "For no case: the health plan pays" : "For another case, whose coverage pays", "info");
        }
    }

    /// <summary>From the form that makes it.</summary>
    public void Begin(Guid? caseId, string said, DateTimeOffset now, string by)
    {
        CaseId = caseId;
        EncounterSteps.All.Note(this, now, by, said, "info");
    }

    /// <summary>What keeps the charges from being closed, each with the field to mend.</summary>
    public IEnumerable<FieldError> Missing()
    {
        if (Lines.Count == 0)
        {
            yield return new("Lines[0].Code", "Enter at least one service.");
        }

        if (Diagnoses.Count == 0)
        {
            yield return new("Diagnoses[0]", "Enter at least one diagnosis.");
        }

        if (RenderingId is null)
        {
            yield return new("Rendering", "Choose who did it.");
        }

        if (EntityId is null)
        {
            yield return new("", "The practice has no legal entity yet in whose name it could be charged.");
        }

        foreach (var line in Lines.OrderBy(l => l.Position))
        {
            if (line.Pointers.Length == 0)
            {
                yield return new($"Lines[{line.Position - 1}].Pointers", $"Line {line.Position}, {line.Code}: say for which diagnosis it was done.");
            }

            if (line.Price is null)
            {
                yield return new($"Lines[{line.Position - 1}].Price", $"Line {line.Position}, {line.Code}: no fee schedule has a price for it on that day. Type one.");
            }
        }
    }

    private void Sum()
    {
        foreach (var line in Lines)
        {
            line.Amount = ChargeLine.AmountOf(line.Price, line.Units);
        }

        Total = Lines.Sum(l => l.Amount);
    }

    private List<Charge> LedgerOf(DateTimeOffset now, string by) =>
    [
        .. Lines.OrderBy(l => l.Position).Select(l => new Charge
        {
            EncounterId = Id, LineId = l.Id, Kind = "charge", PostedAt = now, PostedBy = by, ServiceOn = l.ServiceOn, Code = l.Code,
            Modifiers = l.Modifiers,
            Diagnoses = [.. l.Pointers.Select(p => Diagnoses.Single(d => d.Position == p).Code)], Units = l.Units, Amount = l.Amount,
            RenderingId = RenderingId!.Value, LocationId = LocationId, EntityId = EntityId!.Value, CostCentreId = CostCentreId,
        }),
    ];

    /// <summary>Reverses what is posted and no longer so, and posts what is not there yet.</summary>
    private (int Posted, int Reversed) Post(List<Charge> wanted, DateTimeOffset now, string by)
    {
        var reversed = Charges.Select(c => c.ReversesId).OfType<Guid>().ToHashSet();
        var standing = Charges.Where(c => c.Kind == "charge" && !reversed.Contains(c.Id)).ToList();
        var gone = standing.Where(c => !wanted.Exists(w => w.Says(c))).ToList();
        var fresh = wanted.Where(w => !standing.Exists(c => c.Says(w))).ToList();
        Charges.AddRange(gone.Select(c => c.Reversed(now, by)));
        Charges.AddRange(fresh);
        return (fresh.Count, gone.Count);
    }
}
