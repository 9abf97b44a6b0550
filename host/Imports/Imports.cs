using Microsoft.AspNetCore.Mvc;
using Modular.Host.Data;
using Modular.Sdk;

namespace Modular.Host.Imports;

/// <summary>Files brought from other systems, and the way to bring the next.</summary>
public sealed class Imports(Work work, ImportKinds kinds) : Slice
{
    /// <param name="Recent">Null after a file was refused: the form alone is looked at then.</param>
    public sealed record Model(IReadOnlyList<ImportKind> Kinds, ListPage<Import>? Recent, string Kind);

    /// <summary>Nobody looks further back.</summary>
    private const int MostShown = 500;

    [HttpGet("/admin/imports")]
    [Needs("core.import.run")]
    public async Task<IActionResult> Get(ListQuery query, string? kind, CancellationToken ct)
    {
        var mine = kinds.Mine;
        var connection = await work.OpenAsync(ct);
        var recent = await Import.RecentAsync(connection, [.. mine.Select(k => k.Id)], 0, MostShown, ct);
        return await ListAsync(List(mine), recent.AsQueryable(), query, page => Task.FromResult<object>(new Model(mine, page, kind ?? "")), ct);
    }

    private static ListDefinition<Import> List(IReadOnlyList<ImportKind> kinds) => new("core.imports", "Earlier files")
    {
        Also = ["kind"], Search = new("Name of the file") { When = text => i => i.FileName.Contains(text, StringComparison.OrdinalIgnoreCase) },
        Columns =
        [
            new("file", "File", i => i.FileName) { Sort = i => i.FileName, Main = true, Href = i => $"/admin/imports/{i.Id}" },
            new("what", "What", i => kinds.First(k => k.Id == i.Kind).Title) { Sort = i => i.Kind },
            new("state", "State", i => i.State) { Sort = i => i.State },
            new("rows", "Rows", i => i.Total) { Sort = i => i.Total, Right = true },
            new("new", "New", i => i.Created) { Right = true },
            new("changed", "Changed", i => i.Updated) { Right = true },
            new("refused", "Refused", i => i.Refused) { Sort = i => i.Refused, Right = true },
            new("by", "By", i => i.StartedByName) { Sort = i => i.StartedByName },
            new("when", "When", i => i.StartedAt) { Sort = i => i.StartedAt },
        ],
    };
}
