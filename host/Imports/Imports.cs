using Microsoft.AspNetCore.Mvc;
using Modular.Host.Data;
using Modular.Sdk;

namespace Modular.Host.Imports;

/// <summary>Files brought from other systems, and the way to bring the next.</summary>
public sealed class Imports(Work work, ImportKinds kinds) : Slice
{
    public sealed record Model(IReadOnlyList<ImportKind> Kinds, IReadOnlyList<Import> Recent, string Kind);

    [HttpGet("/admin/imports")]
    [Needs("core.import.run")]
    public async Task<IActionResult> Get(string? kind, CancellationToken ct)
    {
        var mine = kinds.Mine;
        var connection = await work.OpenAsync(ct);
        return Page(new Model(mine, await Import.RecentAsync(connection, [.. mine.Select(k => k.Id)], 0, 50, ct), kind ?? ""));
    }
}
