using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Modular.Billing.Encounters;

namespace Modular.Billing.Superbill;

/// <summary>The charges of an encounter as they are typed. Texts throughout: what cannot be read comes back as it was.</summary>
public sealed class SuperbillForm
{
    private const int BlankLines = 3, BlankDiagnoses = 2;

    public int Version { get; set; }
    public Guid? Rendering { get; set; }
    public Guid? Supervising { get; set; }
    public Guid? Ordering { get; set; }
    public string? Referring { get; set; }
    public string? ReferringNpi { get; set; }
    public bool IncidentTo { get; set; }
    public string? PlaceOfService { get; set; }
    public string? Facility { get; set; }
    public Guid? CostCentre { get; set; }
    public string? Note { get; set; }
    public List<string?> Diagnoses { get; set; } = [];
    public List<Line> Lines { get; set; } = [];

    /// <summary>lock: save, and close the charges if nothing is missing; more: lines to type into.</summary>
    public string? Does { get; set; }

    public sealed class Line
    {
        public Guid? Id { get; set; }
        public string? Code { get; set; }
        public string? Modifiers { get; set; }
        public string? Pointers { get; set; }
        public string? Units { get; set; }

        /// <summary>Only where it is not the schedule's.</summary>
        public string? Price { get; set; }
        public string? On { get; set; }
        public string? Ndc { get; set; }
        public string? NdcQuantity { get; set; }
        public string? NdcUnit { get; set; }
        public string? Note { get; set; }

        public bool IsBlank => string.IsNullOrWhiteSpace(Code + Modifiers + Pointers + Price + Ndc + NdcQuantity + Note);

        public bool HasMore => !string.IsNullOrWhiteSpace(Ndc + NdcQuantity + NdcUnit + Note);

        /// <summary>What the page shows of it as it is saved.</summary>
        [BindNever]
        public ChargeLine? Saved { get; set; }
    }

    public static SuperbillForm Of(Encounter e)
    {
        var form = new SuperbillForm
        {
            Version = e.Version, Rendering = e.RenderingId, Supervising = e.SupervisingId, Ordering = e.OrderingId, Referring = e.Referring,
            ReferringNpi = e.ReferringNpi,
            IncidentTo = e.IncidentTo, PlaceOfService = e.PlaceOfService, Facility = e.Facility, CostCentre = e.CostCentreId, Note = e.Note,
            Diagnoses = [.. e.Diagnoses.OrderBy(d => d.Position).Select(d => Diagnosis.Dotted(d.Code))],
            Lines = [.. e.Lines.OrderBy(l => l.Position).Select(Of)],
        };
        return form.WithRoom();
    }

    /// <summary>There is always a line and a diagnosis to type into, and never more than a claim has.</summary>
    public SuperbillForm WithRoom(int lines = BlankLines)
    {
        Lines.AddRange(Enumerable.Range(0, Math.Max(0, Math.Min(lines - Lines.Count(l => l.IsBlank), ChargeLine.Most - Lines.Count)))
            .Select(_ => new Line()));
        while (Diagnoses.Count < Diagnosis.Most && Diagnoses.Count(string.IsNullOrWhiteSpace) < BlankDiagnoses)
        {
            Diagnoses.Add(null);
        }

        return this;
    }

    private static Line Of(ChargeLine l) => new()
    {
        Id = l.Id, Code = l.Code, Modifiers = string.Join(' ', l.Modifiers), Pointers = l.PointerLetters, Units = Number(l.Units),
        Price = l.OwnPrice ? Number(l.Price) : null,
        On = l.ServiceOn.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture), Ndc = l.Ndc, NdcQuantity = Number(l.NdcQuantity),
        NdcUnit = l.NdcUnit, Note = l.Note, Saved = l,
    };

    private static string? Number(decimal? value) => value?.ToString("0.###", CultureInfo.InvariantCulture);
}
