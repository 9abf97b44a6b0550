using System.ComponentModel.DataAnnotations;
using Modular.Sdk;

namespace Modular.Patients;

/// <summary>What a practice decides about registration.</summary>
public sealed class PatientsSettings
{
    /// <summary>The feature of documents in the chart: a practice that keeps them in another system does without.</summary>
    public const string Documents = "patients.documents";

    [Display(Name = "Documents in the chart", Description = "Scans, photos and letters are filed with the patient. Switched off, what was filed stays, unseen.")]
    [Feature(Documents)]
    public bool KeepDocuments { get; set; } = true;

    /// <summary>Put before the number of new patients: "N-" makes N-1001.</summary>
    public string RecordNumberPrefix { get; set; } = "";

    /// <summary>A registration without these is on the "to finish" list.</summary>
    public bool RequireAddress { get; set; } = true;
    public bool RequirePhone { get; set; } = true;
    public bool RequireEmail { get; set; }
    public bool RequireSex { get; set; } = true;

    /// <summary>State of most patients, filled in on a new registration.</summary>
    public string State { get; set; } = "";
}
