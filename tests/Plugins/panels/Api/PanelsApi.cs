using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Panels.Api;

/// <summary>A numbered panel.</summary>
public sealed record PanelBody([property: Description("From 1 on.")] int Number, string Practice);

/// <summary>What to note.</summary>
public sealed class Note
{
    [Required(ErrorMessage = "Say what."), StringLength(20)]
    public string? Text { get; init; }
}

/// <summary>Whose copay.</summary>
public sealed class Taken
{
    public Guid Visit { get; init; }
}

/// <summary>What a partner's module offers programs.</summary>
public sealed class PanelsApi(IPractice practice, PanelsDb db) : ApiSlice
{
    private static int notes;

    private sealed record Place(int Number);

    [HttpGet("/api/panels")]
    [Needs("panels.page.read"), Description("Seven panels.")]
    [ProducesResponseType<ApiPage<PanelBody>>(StatusCodes.Status200OK)]
    public IActionResult List(ApiListQuery query)
    {
        var after = HttpContext.Read<Place>(query, "")?.Number ?? 0;
        var rows = Enumerable.Range(1, 7).Where(n => n > after).Take(query.Take()).ToList();
        return Ok(HttpContext.Page(query, "", rows, n => new Place(n), n => new PanelBody(n, practice.Name)));
    }

    [HttpPost("/api/panels/notes")]
    [Needs("panels.page.read"), Description("Counts the notes that were taken.")]
    [ProducesResponseType<PanelBody>(StatusCodes.Status201Created)]
    public IActionResult Write([FromBody] Note note) => note.Text == "fail"
        ? throw new InvalidOperationException("A partner's mistake.")
        : Added("/api/panels", new PanelBody(Interlocked.Increment(ref notes), note.Text!), 1);

    [HttpPost("/api/panels/copays")]
    [Needs("panels.page.read"), Description("Takes the copay of a visit, once.")]
    [ProducesResponseType<PanelBody>(StatusCodes.Status201Created)]
    public async Task<IActionResult> Take([FromBody] Taken taken, CancellationToken ct)
    {
        var copay = new Copay { VisitId = taken.Visit, Place = "program", Amount = 20.01m };
        db.Add(copay);
        await db.SaveChangesAsync(ct);
        return Added("/api/panels", new PanelBody(1, practice.Name), copay.Version);
    }
}
