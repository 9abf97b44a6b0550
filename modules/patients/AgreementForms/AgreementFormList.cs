using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.AgreementForms;

/// <summary>What patients sign here, edition by edition.</summary>
public sealed class AgreementFormList(PatientsDb db) : Slice
{
    public sealed class Line
    {
        public required AgreementForm Form { get; init; }
        public int Signed { get; init; }
    }

    internal static readonly ListDefinition<Line> List = new("patients.agreement-forms", "Agreement forms")
    {
        Id = l => l.Form.Id,
        Columns =
        [
            new("form", "Form", l => l.Form.Title)
            {
                Main = true, Sort = l => l.Form.Title, Href = l => $"/patients/agreement-forms/edit/{l.Form.Id}", Drawer = true,
                Marks = l => l.Form.Required ? [new("Asked of everybody", "info")] : [],
            },
            new("kind", "Kind", l => AgreementForm.Kinds[l.Form.Kind]) { Sort = l => l.Form.Kind },
            new("edition", "Edition", l => l.Form.Edition) { Sort = l => l.Form.Edition },
            new("in-use", "In use", l => Format.Days(l.Form.InUseFrom, l.Form.InUseTo)) { Sort = l => l.Form.InUseFrom },
            new("again", "Signed again", l => l.Form.RenewMonths is { } months ? $"After {Said.Many(months, "month")}"
                : "No") { Sort = l => l.Form.RenewMonths },
            new("signatures", "Signatures", l => l.Signed) { Sort = l => l.Signed, Right = true },
        ],
    };

    [HttpGet("/patients/agreement-forms")]
    [Needs(PatientsPermissions.Setup)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct) => ListAsync(List,
        db.AgreementForms.AsNoTracking().OrderBy(f => f.Kind).ThenBy(f => f.Title).ThenByDescending(f => f.InUseFrom)
            .Select(f => new Line { Form = f, Signed = db.Agreements.Count(a => a.FormId == f.Id && a.Outcome == "signed") }), query, ct);
}
