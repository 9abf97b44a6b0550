using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Search;

/// <summary>The patient list, declared once. How it is searched is <see cref="PatientList"/>'s.</summary>
internal static class PatientColumns
{
    public static readonly ListDefinition<Patient> List = new("patients.patients", "Patients")
    {
        Logged = "patient list",
        Id = p => p.Id,
        Order = "name",
        Patients = p => [p.Id],
        Search = new("Name, birth date, phone or record number"),
        // Enter after the one that was meant opens the chart.
        Also = ["open"],
        Filters =
        [
            new("show", "Which patients", new Dictionary<string, string> { [""] = "All patients", ["today"] = "Registered today",
                ["to-finish"] = "To finish", ["restricted"] = "Restricted" },
                (v, ask) =>
                {
                    var (from, to) = WallTime.Day(ask.Today, ask.Zone);
                    return v switch
                    {
                        "to-finish" => p => p.ToFinish.Count > 0,
                        "today" => p => p.RegisteredAt >= from && p.RegisteredAt < to,
                        "restricted" => p => p.Restricted,
                        _ => null,
                    };
                }),
        ],
        Columns =
        [
            new("name", "Name", p => PatientNames.LastFirst(p.LastName, p.FirstName, p.Suffix))
            {
                Main = true, Sort = p => EF.Functions.Collate(p.SortName, "C"), Href = p => $"/patients/charts/{p.Id}",
            },
            new("born", "Born", p => p.BirthDate) { Sort = p => p.BirthDate, Class = "num" },
            new("age", "Age", (p, ask) => Said.Age(p.BirthDate, p.DeceasedOn ?? ask.Today)) { Optional = 1 },
            new("sex", "Sex", p => p.Sex) { Optional = 1 },
            new("number", "Number", p => p.RecordNumber) { Sort = p => p.RecordNumber, Class = "num" },
            new("phone", "Phone", (p, ask) => p.Restricted ? null : TypedPhone.Show(p.ReachOn(ask.Today).Phone)) { Class = "num nowrap" },
            new("city", "City", (p, ask) => p.Restricted ? null : p.ReachOn(ask.Today).City) { Optional = 2 },
            new("notes", "Notes", _ => null) { PageOnly = true },
            new("registered", "Registered", p => p.RegisteredAt) { Sort = p => p.RegisteredAt, ByDay = true, Optional = 2 },
            new("last-name", "Last name", p => p.LastName) { FileOnly = true },
            new("first-name", "First name", p => p.FirstName) { FileOnly = true },
            new("preferred-name", "Preferred name", p => p.PreferredName) { FileOnly = true },
            new("address", "Address", (p, ask) => p.ReachOn(ask.Today).Address) { FileOnly = true },
            new("state", "State", (p, ask) => p.ReachOn(ask.Today).State) { FileOnly = true },
            new("zip", "ZIP", (p, ask) => Format.Zip(p.ReachOn(ask.Today).Zip)) { FileOnly = true },
            new("email", "E-mail", (p, ask) => p.ReachOn(ask.Today).Email) { FileOnly = true },
        ],
    };
}
