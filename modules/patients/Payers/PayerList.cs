using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Coverages;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Payers;

/// <summary>Who pays for patients here, and for how many today.</summary>
public sealed class PayerList(PatientsDb db, IPractice practice) : Slice
{
    public sealed class Line
    {
        public required Payer Payer { get; init; }
        public int Covers { get; init; }
    }

    internal static readonly ListDefinition<Line> List = new("patients.payers", "Payers")
    {
        Id = l => l.Payer.Id,
        Search = new("Name or payer ID")
        {
            When = text => l => l.Payer.PayerNumber == text || PatientsDb.Plain(l.Payer.Name)
            .Contains(PatientsDb.Plain(text))
        },
        Columns =
        [
            new("payer", "Payer", l => l.Payer.Name)
            {
                Main = true, Sort = l => l.Payer.Name, Href = l => $"/patients/payers/edit/{l.Payer.Id}", HrefNeeds = PatientsPermissions.EditCoverage,
                    Drawer = true,
                Marks = l => l.Payer.Active ? [] : [new("Not offered")],
            },
            new("payer-id", "Payer ID", l => l.Payer.PayerNumber) { Sort = l => l.Payer.PayerNumber, Class = "num" },
            new("phone", "Phone", l => TypedPhone.Show(l.Payer.Phone)) { Class = "num nowrap" },
            new("mail", "Claims by mail to", l => string.Join(", ", new[] { l.Payer.Address, Format.Place(l.Payer.City, l.Payer.State, l.Payer.Zip) }
                .Where(s => !string.IsNullOrEmpty(s)))) { Optional = 1 },
            new("filing", "Claims filed as", l => l.Payer.ClaimFilingCode == null ? "" : ClaimFiling.Codes.Label(l.Payer.ClaimFilingCode)) { Optional = 2 },
            new("covers", "Covers today", l => l.Covers) { Sort = l => l.Covers, Right = true },
            new("offered", "Offered", l => l.Payer.Active) { FileOnly = true },
        ],
    };

    [HttpGet("/patients/payers")]
    [Needs(PatientsPermissions.Read)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var today = WallTime.Today(Clock, practice.Zone);
        return ListAsync(List, db.Payers.AsNoTracking().OrderByDescending(p => p.Active).ThenBy(p => p.Name).ThenBy(p => p.Id).Select(p => new Line
        {
            Payer = p, Covers = db.Coverages.Count(c => c.PayerId == p.Id && c.EffectiveFrom <= today
                && (c.EffectiveTo == null || c.EffectiveTo >= today)),
        }), query, ct);
    }
}
