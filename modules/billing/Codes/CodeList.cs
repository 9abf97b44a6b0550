using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Codes;

/// <summary>Codes of the sets that were loaded, valid today or whenever.</summary>
public sealed class CodeList(BillingDb db) : Slice
{
    internal static readonly ListDefinition<BillingCode> List = new("billing.codes", "Codes")
    {
        Id = c => c.Id,
        Search = new("Code or words")
        {
            When = text =>
            {
                var words = CodeLookup.Patterns(text);
                return c => words.All(w => EF.Functions.ILike(c.Find, w));
            },
        },
        Filters =
        [
            new("system", "Code set", "All code sets", CodeSystems.All, v => c => c.System == v),
            new("valid", "When valid", new Dictionary<string, string> { ["today"] = "Valid today", ["past"] = "No longer valid",
                ["later"] = "Valid later", ["any"] = "Valid or not" }, (v, ask) =>
            {
                var today = ask.Today;
                return v switch
                {
                    "today" => c => c.ValidFrom <= today && (c.ValidTo == null || c.ValidTo >= today),
                    "past" => c => c.ValidTo < today,
                    "later" => c => c.ValidFrom > today,
                    _ => null,
                };
            }),
        ],
        Columns =
        [
            new("code", "Code", c => CodeSystems.Show(c.System, c.Code))
            {
                Main = true, Sort = c => c.Code, Href = c => $"/billing/codes/{c.Id}", Drawer = true, Class = "num nowrap",
                Marks = c => c.Billable ? [] : [new("Heading")],
            },
            new("name", "Name", c => c.LongName) { Sort = c => c.LongName },
            new("short", "Short name", c => c.ShortName) { FileOnly = true },
            new("system", "Code set", c => CodeSystems.All[c.System]) { Sort = c => c.System, Optional = 1 },
            new("from", "Valid from", c => c.ValidFrom) { Sort = c => c.ValidFrom, Optional = 1 },
            new("to", "Last day", c => c.ValidTo) { Sort = c => c.ValidTo, Optional = 1 },
            new("billable", "On claims", c => c.Billable) { FileOnly = true },
        ],
    };

    [HttpGet("/billing/codes")]
    [Needs(BillingPermissions.Read)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct) =>
        ListAsync(List, db.Codes.AsNoTracking().OrderBy(c => c.System).ThenBy(c => c.Code).ThenBy(c => c.ValidFrom), query, ct);
}
