using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Newmodule.Sampleitems;

/// <summary>All of them, those in use first.</summary>
public sealed class SampleitemList(NewmoduleDb db) : Slice
{
    internal static readonly ListDefinition<Sampleitem> List = new("newmodule.sampleitems", "Sampleitems")
    {
        Id = i => i.Id, Order = "name", Search = new("Name", i => i.Name),
        Filters = [new("used", "Which", new Dictionary<string, string> { ["yes"] = "In use", ["no"] = "Not in use", ["all"] = "All" },
            (v, _) => v == "all" ? null : i => i.Active == (v == "yes"))],
        Columns =
        [
            new("name", "Name", i => i.Name) { Sort = i => i.Name, Main = true, Href = i => $"/newmodule/sampleitems/{i.Id}" },
            new("since", "Since", i => i.Since) { Sort = i => i.Since },
            new("used", "In use", i => i.Active),
        ],
    };

    [HttpGet("/newmodule/sampleitems")]
    [Needs(NewmoduleModule.Read)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct) => ListAsync(List, db.Set<Sampleitem>().AsNoTracking(), query, ct);
}
