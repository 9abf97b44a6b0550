using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.OutsideProviders;

/// <summary>Doctors outside the practice, and how many patients each sent and looks after.</summary>
public sealed class OutsideProviderList(PatientsDb db) : Slice
{
    public sealed class Line
    {
        public required OutsideProvider Provider { get; init; }
        public int Sent { get; init; }
        public int Cares { get; init; }
    }

    internal static readonly ListDefinition<Line> List = new("patients.outside-providers", "Doctors outside the practice")
    {
        Id = l => l.Provider.Id,
        Search = new("Name, practice or specialty")
        {
            When = text => l => PatientsDb.Plain(l.Provider.Name + " " + (l.Provider.Organization ?? "") + " " + (l.Provider.Specialty ?? ""))
                .Contains(PatientsDb.Plain(text)),
        },
        Columns =
        [
            new("name", "Name", l => l.Provider.Name)
            {
                Main = true, Sort = l => l.Provider.Name, Href = l => $"/patients/outside-providers/edit/{l.Provider.Id}",
                    HrefNeeds = PatientsPermissions.Edit, Drawer = true,
                Marks = l => l.Provider.Active ? [] : [new("Not offered")],
            },
            new("practice", "Practice", l => l.Provider.Organization) { Sort = l => l.Provider.Organization },
            new("specialty", "Specialty", l => l.Provider.Specialty) { Sort = l => l.Provider.Specialty, Optional = 1 },
            new("npi", "NPI", l => l.Provider.Npi) { Optional = 1, Class = "num" },
            new("phone", "Phone", l => TypedPhone.Show(l.Provider.Phone)) { Class = "num nowrap" },
            new("fax", "Fax", l => TypedPhone.Show(l.Provider.Fax)) { Optional = 2, Class = "num nowrap" },
            new("sent", "Sent here", l => l.Sent) { Sort = l => l.Sent, Right = true },
            new("cares", "Primary care of", l => l.Cares) { Sort = l => l.Cares, Right = true, Optional = 1 },
            new("offered", "Offered", l => l.Provider.Active) { FileOnly = true },
        ],
    };

    [HttpGet("/patients/outside-providers")]
    [Needs(PatientsPermissions.Read)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct) => ListAsync(List, db.OutsideProviders.AsNoTracking()
        .OrderByDescending(p => p.Active).ThenBy(p => p.Name).ThenBy(p => p.Id)
        .Select(p => new Line
        {
            Provider = p, Sent = db.Patients.Count(x => x.ReferredById == p.Id),
            Cares = db.Patients.Count(x => x.PrimaryCareId == p.Id)
        }), query, ct);
}
