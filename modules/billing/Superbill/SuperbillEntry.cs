using Modular.Billing.Encounters;
using Modular.Sdk.Core;

namespace Modular.Billing.Superbill;

/// <summary>What was typed into a superbill, read and known to be right; <see cref="Write"/> puts it into the encounter.</summary>
public sealed class SuperbillEntry
{
    public KnownStaffMember? Rendering { get; init; }
    public KnownStaffMember? Supervising { get; init; }
    public KnownStaffMember? Ordering { get; init; }
    public string? Referring { get; init; }
    public string? ReferringNpi { get; init; }
    public bool IncidentTo { get; init; }
    public required string PlaceOfService { get; init; }
    public string? Facility { get; init; }
    public Guid? CostCentre { get; init; }
    public string? Note { get; init; }
    public required IReadOnlyList<(string Code, string Name)> Diagnoses { get; init; }

    /// <summary>In their order; with the id of a saved line, or of no line yet.</summary>
    public required IReadOnlyList<ChargeLine> Lines { get; init; }

    public void Write(Encounter e)
    {
        e.By(Rendering, Supervising, Ordering);
        (e.Referring, e.ReferringNpi, e.IncidentTo, e.PlaceOfService, e.Facility, e.CostCentreId, e.Note) =
            (Referring, ReferringNpi, IncidentTo, PlaceOfService, Facility, CostCentre, Note);
        WriteDiagnoses(e);
        WriteLines(e);
    }

    private void WriteDiagnoses(Encounter e)
    {
        foreach (var (i, (code, name)) in Diagnoses.Index())
        {
            if (e.Diagnoses.Find(d => d.Position == i + 1) is { } there)
            {
                (there.Code, there.Name) = (code, name);
            }
            else
            {
                e.Diagnoses.Add(new() { EncounterId = e.Id, Position = i + 1, Code = code, Name = name });
            }
        }

        e.Diagnoses.RemoveAll(d => d.Position > Diagnoses.Count);
    }

    private void WriteLines(Encounter e)
    {
        e.Lines.RemoveAll(l => !Lines.Any(w => w.Id == l.Id));
        foreach (var (i, wanted) in Lines.Index())
        {
            wanted.Position = i + 1;
            if (e.Lines.Find(l => l.Id == wanted.Id) is not { } there)
            {
                e.Lines.Add(wanted);
                continue;
            }

            (there.Position, there.ServiceOn, there.Code, there.Name, there.Modifiers, there.Pointers, there.Units, there.Price, there.OwnPrice) =
                (wanted.Position, wanted.ServiceOn, wanted.Code, wanted.Name, wanted.Modifiers, wanted.Pointers, wanted.Units, wanted.Price,
                    wanted.OwnPrice);
            (there.Ndc, there.NdcQuantity, there.NdcUnit, there.Note) = (wanted.Ndc, wanted.NdcQuantity, wanted.NdcUnit, wanted.Note);
        }
    }
}
