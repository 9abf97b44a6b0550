using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Addresses;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Labels;

/// <summary>Labels of one patient as a PDF, on a roll or on a sheet of which some are used up.</summary>
public sealed class PrintLabel(PatientsDb db, IAccessLog log, IPractice practice, ILabels labels) : PatientSlice(db, log, practice)
{
    private const int MostCopies = 90;

    private const string Chart = "chart", Mail = "mail";

    public static IReadOnlyDictionary<string, string> Kinds { get; } = new Dictionary<string, string>
    {
        [Chart] = "Name, birth date, record number and its bars", [Mail] = "Name and address, for the mail",
    };

    public sealed record Model(Patient Patient, LabelForm Form);

    public sealed class LabelForm
    {
        /// <summary>For the chart or the mail.</summary>
        public string Shows { get; set; } = Chart;

        public string Sheet { get; set; } = LabelSheet.Roll60By30.Id;

        public int? Copies { get; set; } = 1;

        /// <summary>The first place of the sheet that is not used up.</summary>
        public int? First { get; set; } = 1;
    }

    [HttpGet("/patients/labels/{patientId:guid}/print")]
    [Needs(PatientsPermissions.Read)]
    public async Task<IActionResult> Get([Patient("label")] Guid patientId, CancellationToken ct) =>
        await OpenAsync(patientId, ct) is { } patient ? Page(new Model(patient, new())) : Gone();

    /// <summary>A print as others: nothing is written, so that its address can be opened again.</summary>
    [HttpGet("/patients/labels/{patientId:guid}/print/pdf")]
    [Needs(PatientsPermissions.Read)]
    public async Task<IActionResult> Pdf([Patient("label")] Guid patientId, [Bind(Prefix = "Form")] LabelForm form, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } patient)
        {
            return Gone();
        }

        if (PatientLabel.Sheets.FirstOrDefault(s => s.Id == form.Sheet) is not { } sheet)
        {
            Refuse("Form.Sheet", "Choose the labels that are in the printer.");
            return Invalid(new Model(patient, form));
        }

        if (!Kinds.ContainsKey(form.Shows) || (form.Shows == Chart && sheet == LabelSheet.Envelope10))
        {
            Refuse("Form.Shows", "On an envelope goes the address and nothing else. Choose “Name and address”, or other labels.");
        }

        var reach = Reach.Of(patient, await Db.Addresses.AsNoTracking().Where(a => a.PatientId == patientId).ToListAsync(ct), Today);
        if (form.Shows == Mail && reach.Address is null)
        {
            Refuse("Form.Shows", "There is no address to send mail to. Write it into the chart first.");
        }

        Within("Form.Copies", form.Copies, MostCopies, "labels");
        Within("Form.First", form.First, sheet.Places, "places of this paper");
        if (!ModelState.IsValid)
        {
            return Invalid(new Model(patient, form));
        }

        try
        {
            var label = form.Shows == Mail ? PatientLabel.Address(patient.FullName, reach, sheet) : PatientLabel.Of(patient, sheet);
            var pdf = labels.Pdf("Label", sheet, [.. Enumerable.Repeat(label, form.Copies!.Value)], form.First!.Value);
            Response.Headers.ContentDisposition = "inline; filename=\"label.pdf\"";
            return File(pdf, "application/pdf");
        }
        catch (LabelRefusedException refused)
        {
            Refuse("Form.Sheet", refused.Message);
            return Invalid(new Model(patient, form));
        }
    }

    private void Within(string field, int? number, int most, string what)
    {
        if (number is null or < 1 || number > most)
        {
            Refuse(field, $"A number from 1 to {most}: the {what}.");
        }
    }
}
