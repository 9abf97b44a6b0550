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

    [Display(Name = "A scan or fax is a task after, hours", Description = "Then it waits in the task inbox of the front desk. Where the scanner puts it is shown under Patient setup, Scan folders.")]
    [Range(1, 168)]
    public int ScanWaitHours { get; set; } = 4;

    [Display(Name = "Record numbers begin with", Description = "For new patients: N- makes N-1001.")]
    public string RecordNumberPrefix { get; set; } = "";

    [Display(Name = "Ask for an address", Description = "A registration without what is asked for here is on the list to finish.")]
    public bool RequireAddress { get; set; } = true;

    [Display(Name = "Ask for a phone number")]
    public bool RequirePhone { get; set; } = true;

    [Display(Name = "Ask for an e-mail address")]
    public bool RequireEmail { get; set; }

    [Display(Name = "Ask for the sex")]
    public bool RequireSex { get; set; } = true;

    [Display(Name = "Ask who pays for a minor")]
    public bool RequireGuarantorOfMinors { get; set; } = true;

    [Display(Name = "Age of majority", Description = "18 in most states, 19 in Alabama and Nebraska, 21 in Mississippi. On that birthday the parents' say is reviewed.")]
    [Range(18, 21)]
    public int AdultAge { get; set; } = 18;

    [Display(Name = "Age at which a minor's privacy is reviewed", Description = "Many states let minors decide on some care from 12 to 14; 0 asks nothing.")]
    [Range(0, 17)]
    public int TeenAge { get; set; } = 13;

    [Display(Name = "Keep records, years", Description = "After the last visit; state law and payers differ, the longest wins. Medicare Advantage asks for ten.")]
    [Range(1, 50)]
    public int KeepYears { get; set; } = 10;

    [Display(Name = "Keep a minor's records, years after coming of age", Description = "When that is later.")]
    [Range(0, 50)]
    public int KeepMinorsYears { get; set; } = 7;

    [Display(Name = "Merging two records needs a second person",
        Description = "Who merges asks, and another person with the right to merge decides under Approvals.")]
    public bool MergeNeedsTwo { get; set; }

    [Display(Name = "State of most patients", Description = "Two letters; filled in on a new registration.")]
    public string State { get; set; } = "";
}
