using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Labels;

/// <summary>What stands on a patient's label: two identifiers to read, and the record number for a scanner.</summary>
public static class PatientLabel
{
    private const double Edge = 2;

    /// <summary>The name, then what else there is to read, then the bars, each with its share of the height.</summary>
    public static Label Of(Patient patient, LabelSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(patient);
        ArgumentNullException.ThrowIfNull(sheet);
        var (width, height, top) = (sheet.LabelWidth - (2 * Edge), sheet.LabelHeight - (2 * Edge), Edge);
        var label = new Label()
            .Text(PatientNames.LastFirst(patient.LastName, patient.FirstName, patient.Suffix), Edge, Next(0.25), width, 0.25 * height, size: 12, bold: true)
            .Text($"{Said.ShortDay(patient.BirthDate)} · {patient.Sex} · No. {patient.RecordNumber}", Edge, Next(0.19), width, 0.19 * height);
        return label.Code(CodeKind.Code128, patient.RecordNumber, Edge, top, width, sheet.LabelHeight - Edge - top);

        double Next(double share)
        {
            var at = top;
            top += share * height;
            return at;
        }
    }

    /// <summary>Those on which it can be read.</summary>
    public static IReadOnlyList<LabelSheet> Sheets { get; } = [.. LabelSheet.Known.Where(s => s.LabelHeight >= 25)];
}
