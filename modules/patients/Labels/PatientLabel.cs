using Modular.Patients.Addresses;
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

    /// <summary>Where mail for the patient goes, line by line as the post reads it.</summary>
    public static Label Address(string name, Reach reach, LabelSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(reach);
        ArgumentNullException.ThrowIfNull(sheet);
        string?[] all = [reach.CareOf is null ? name : $"{name}, c/o {reach.CareOf}", reach.Address, reach.Address2, $"{reach.City} {reach.State} {Format.Zip(reach.Zip)}"];
        var lines = all.Where(line => !string.IsNullOrWhiteSpace(line)).ToList();
        var (width, height) = (sheet.LabelWidth - (2 * Edge), (sheet.LabelHeight - (2 * Edge)) / 4);
        return lines.Index().Aggregate(new Label(), (label, line) => label.Text(line.Item!, Edge, Edge + (line.Index * height), width, height, size: 11));
    }

    /// <summary>Those on which it can be read; an envelope takes the address alone.</summary>
    public static IReadOnlyList<LabelSheet> Sheets { get; } = [.. LabelSheet.Known.Where(s => s.LabelHeight >= 25), LabelSheet.Envelope10];
}
