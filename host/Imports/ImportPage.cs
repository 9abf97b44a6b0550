using Microsoft.AspNetCore.Mvc;
using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Sdk;

namespace Modular.Host.Imports;

/// <summary>One file: what a check found, how far it is, what it did, and the way back.</summary>
public sealed class ImportPage(Work work, ImportKinds kinds, ImportSteps steps) : Slice
{
    private const int ShownRows = 100;

    public sealed record Row(int Number, string[] Columns, string Sentence);

    /// <param name="Faults">The first refused rows, or after an undo those that stay.</param>
    public sealed record Model(Import Import, ImportKind Kind, IReadOnlyList<Row> Faults, int Stays);

    [HttpGet("/admin/imports/{id:guid}")]
    [Needs("core.import.run")]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct)
    {
        var connection = await work.OpenAsync(ct);
        if (await Import.FindAsync(connection, id, false, ct) is not { } import || kinds.Find(import.Kind) is not { } kind)
        {
            return NotFound();
        }

        if (import.State == Import.Uploaded)
        {
            return LocalRedirect($"/admin/imports/{id}/columns");
        }

        var stays = import.State is Import.Undoing or Import.Undo;
        var faults = import.Runs ? [] : await connection.QueryAsync(
            "select number, columns, errors from core.import_rows where import_id = $1 and outcome = $2 order by number limit $3",
            [id, stays ? "stays" : "refused", ShownRows],
            r => new Row(r.GetInt32(0), r.IsDBNull(1) ? [] : r.GetFieldValue<string[]>(1), r.TextOrNull(2) ?? ""), ct);
        return Page(new Model(import, kind, faults, stays ? import.Taken - import.Undone : 0));
    }

    [HttpPost("/admin/imports/{id:guid}/run")]
    [Needs("core.import.run")]
    public Task<IActionResult> Run(Guid id, CancellationToken ct) => StepAsync(id, steps.RunAsync, "It cannot be imported now; see its state.", ct);

    [HttpPost("/admin/imports/{id:guid}/cancel")]
    [Needs("core.import.run")]
    public Task<IActionResult> Cancel(Guid id, CancellationToken ct) => StepAsync(id, steps.CancelAsync, "It had already ended.", ct);

    [HttpPost("/admin/imports/{id:guid}/undo")]
    [Needs("core.import.run")]
    public Task<IActionResult> Undo(Guid id, CancellationToken ct) => StepAsync(id, steps.UndoAsync, "It cannot be taken back now; see its state.", ct);

    private async Task<IActionResult> StepAsync(Guid id, Func<Import, CancellationToken, Task<bool>> step, string otherwise, CancellationToken ct)
    {
        if (await Import.FindAsync(await work.OpenAsync(ct), id, false, ct) is not { } import || kinds.Find(import.Kind) is null)
        {
            return NotFound();
        }

        return await step(import, ct) ? LocalRedirect($"/admin/imports/{id}") : Done($"/admin/imports/{id}", otherwise);
    }
}
