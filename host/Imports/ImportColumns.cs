using Microsoft.AspNetCore.Mvc;
using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Sdk;

namespace Modular.Host.Imports;

/// <summary>Which column of the file is which field. Guessed by name, remembered for the next file of these headings.</summary>
public sealed class ImportColumns(Work work, ImportKinds kinds, ImportSteps steps) : Slice
{
    private const int SampleRows = 4;

    public sealed record Model(Import Import, ImportKind Kind, Dictionary<string, int> Mapping, IReadOnlyList<string[]> Samples)
    {
        public IEnumerable<string> SamplesOf(int column) => Samples.Where(s => column < s.Length && s[column].Length > 0).Select(s => s[column]).Distinct().Take(3);

        public IEnumerable<string> Unused => Import.Headings.Where((_, i) => !Mapping.ContainsValue(i));
    }

    [HttpGet("/admin/imports/{id:guid}/columns")]
    [Needs("core.import.run")]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct) =>
        await LoadAsync(id, ct) is { } model ? Page(model) : NotFound();

    [HttpPost("/admin/imports/{id:guid}/columns")]
    [Needs("core.import.run")]
    public async Task<IActionResult> Post(Guid id, Dictionary<string, int?> column, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is not { } model)
        {
            return NotFound();
        }

        var known = model.Kind.Fields.Select(f => f.Id).ToHashSet();
        var mapping = column.Where(c => known.Contains(c.Key) && c.Value is >= 0 && c.Value < model.Import.Headings.Length)
            .ToDictionary(c => c.Key, c => c.Value!.Value);
        foreach (var (field, sentence) in ColumnGuess.Faults(model.Kind.Fields, mapping))
        {
            Refuse($"column[{field}]", sentence);
        }

        if (!ModelState.IsValid)
        {
            return Invalid(model with { Mapping = mapping });
        }

        return await steps.CheckAsync(model.Import, mapping, ct)
            ? LocalRedirect($"/admin/imports/{id}")
            : Done($"/admin/imports/{id}", "This file is already being worked on.");
    }

    private async Task<Model?> LoadAsync(Guid id, CancellationToken ct)
    {
        var connection = await work.OpenAsync(ct);
        if (await Import.FindAsync(connection, id, false, ct) is not { State: Import.Uploaded or Import.Checked } import || kinds.Find(import.Kind) is not { } kind)
        {
            return null;
        }

        var samples = await connection.QueryAsync("select columns from core.import_rows where import_id = $1 order by number limit $2", [id, SampleRows], r => r.GetFieldValue<string[]>(0), ct);
        return new(import, kind, import.Mapping, samples);
    }
}
