using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Panels.Chores;

/// <summary>What is put on the door: a letter of a partner's module, worded by the practice.</summary>
public sealed class ChoreSlip(ChoreSlips about, ILetters letters) : Slice
{
    public static readonly LetterKind Kind = new("panels.chore-slip", "Chore slip",
    [
        LetterField.Text("chore", "What is to be done", "Water the plants"), LetterField.Date("due", "Day by which it is done", new(2026, 6, 8)),
    ])
    {
        Paper = "card",
    };

    [HttpGet("/panels/chores/{id:guid}/slip")]
    [Needs("panels.page.read")]
    public async Task<IActionResult> Get(Guid id, string? language, CancellationToken ct) => await about.FindAsync([id], ct) is [var record]
        ? Page(await letters.WriteAsync(Kind, record with { Language = language }, ct)) : NotFound();
}

public sealed class ChoreSlips(PanelsDb db) : ILetterSource
{
    public async Task<IReadOnlyList<LetterRecord>> FindAsync(IReadOnlyList<Guid> ids, CancellationToken ct) =>
    [
        .. (await db.Chores.AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync(ct))
            .Select(c => new LetterRecord(c.Id, new() { ["chore"] = c.Text, ["due"] = c.DueOn }) { Label = c.Text, LocationId = c.LocationId }),
    ];

    public async Task<IReadOnlyList<Guid>> LatestAsync(CancellationToken ct) =>
        await db.Chores.AsNoTracking().OrderByDescending(c => c.DueOn).Select(c => c.Id).Take(20).ToListAsync(ct);
}
