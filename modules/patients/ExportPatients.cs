using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Finding;
using Modular.Sdk;

namespace Modular.Patients;

/// <summary>The list as it is filtered on the page, as a spreadsheet. Restricted patients are left out: a file cannot ask for a reason.</summary>
public sealed class ExportPatients(PatientsDb db, IAccessLog log, IPractice practice) : Slice
{
    private static readonly string[] Headings =
        ["Record number", "Last name", "First name", "Preferred name", "Birth date", "Sex", "Address", "City", "State", "ZIP", "Phone", "E-mail", "Registered"];

    [HttpGet("/patients/export")]
    [Needs(PatientsModule.Export)]
    [StepUp]
    public async Task<IActionResult> Get(ListQuery query, string? show, CancellationToken ct)
    {
        var list = new PatientList(db, practice, Clock);
        var (rows, _) = await list.RowsAsync(query, show, ct);
        var patients = await rows.AsNoTracking().Where(p => !p.Restricted).ToListAsync(ct);
        if (patients.Count > 0)
        {
            log.Listed([.. patients.Select(p => p.Id)], "patient list as CSV");
        }

        var text = new StringBuilder();
        Line(text, Headings);
        foreach (var p in patients)
        {
            var registered = WallTime.At(p.RegisteredAt, practice.Zone);
            Line(text, p.RecordNumber, p.LastName, p.FirstName, p.PreferredName, Iso(p.BirthDate), p.Sex, p.Address, p.City, p.State,
                Format.Zip(p.Zip), Format.Phone(p.Phone), p.Email, Iso(DateOnly.FromDateTime(registered.DateTime)));
        }

        return File(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(text.ToString())).ToArray(), "text/csv", $"patients-{Iso(list.Today)}.csv");
    }

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, params string?[] fields) =>
        text.AppendJoin(',', fields.Select(Field)).Append("\r\n");

    // A name that starts like a formula must not run as one when the file is opened in a spreadsheet.
    private static string Field(string? value)
    {
        var safe = value is { Length: > 0 } && "=+-@\t".Contains(value[0], StringComparison.Ordinal) ? $"'{value}" : value ?? "";
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
