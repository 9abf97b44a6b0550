using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.DependencyInjection;

namespace Modular.Sdk;

/// <summary>The file and the print of a list, and the entry that says whom it showed.</summary>
internal sealed class ListAnswer<T>
{
    /// <summary>Nobody reads more on paper; the file has all of them.</summary>
    private const int MostPrinted = 1000;

    private readonly ListRequest<T> asked;
    private readonly HttpContext http;

    public ListAnswer(ListRequest<T> asked, HttpContext http)
    {
        (this.asked, this.http) = (asked, http);
        if (asked.List.Patients is not null && http.GetEndpoint()?.Metadata.GetMetadata<ExportAttribute>() is null)
        {
            throw new InvalidOperationException($"The list {asked.List.Name} shows patients: its action needs [Export], which says who may take it along.");
        }
    }

    public FileContentResult File(IReadOnlyList<T> rows)
    {
        Log(rows, " as CSV");
        return Csv.File(asked.List.FileName, rows, [.. asked.Columns.Where(c => !c.PageOnly).Select(c => (c.Label, (Func<T, object?>)(row =>
            OnWall(c.InFile(row, asked.Ask)))))]);
    }

    public ListPrint Print(IReadOnlyList<T> rows)
    {
        IReadOnlyList<T> printed = [.. rows.Take(MostPrinted)];
        Log(printed, ", printed");
        var columns = asked.Columns.Where(c => !c.FileOnly && !c.PageOnly).ToList();
        var request = http.Request;
        return new(
            asked.List.Caption, Filters(), request.Path + ListAddress.With(request, (ListFormats.Key, null), ("pdf", null)), asked.Ask.Zone,
            [.. columns.Select(c => c.Label)],
            [.. printed.Select(row => (IReadOnlyList<string>)[.. columns.Select(c => Words(c, row))])],
            rows.Count);
    }

    /// <summary>Nobody is logged as seen by a list that shows nobody.</summary>
    public void Log(IReadOnlyList<T> rows, string how)
    {
        if (asked.List.Patients is { } patients && rows.SelectMany(patients).Distinct().ToArray() is { Length: > 0 } ids)
        {
            http.RequestServices.GetRequiredService<IAccessLog>().Listed(ids, asked.List.Logged + how);
        }
    }

    private string Words(ListColumn<T> column, T row)
    {
        var value = OnWall(column.Value(row, asked.Ask));
        string?[] said = [value is DateTimeOffset wall ? $"{Said.ShortDay(DateOnly.FromDateTime(wall.DateTime))} {Said.Time(wall)}"
            : ListWords.Of(value),
            .. column.Marks?.Invoke(row).Select(m => m.Text) ?? []];
        return string.Join(", ", said.Where(s => !string.IsNullOrEmpty(s)));
    }

    /// <summary>What narrows the list, in the words of its controls.</summary>
    private string Filters() => string.Join(" · ", asked.List.Filters.Where(f => asked[f.Name].Length > 0).Select(f =>
        f.Choices.GetValueOrDefault(asked[f.Name], ""))
        .Concat(asked.List.Queue is null ? [] : asked[QueueLines<T>.OwnerName] switch
        {
            "" => [],
            QueueLines<T>.Me => ["Yours"],
            QueueLines<T>.Nobody => ["Nobody's"],
            _ => ["One person's"],
        })
        .Concat(asked.Query.Text is { Length: > 0 } text ? [$"“{text}”"] : []));

    private object? OnWall(object? value) => value is DateTimeOffset instant ? WallTime.At(instant, asked.Ask.Zone) : value;
}

/// <summary>All rows of a list, from the database or from where they are.</summary>
internal static class ListAnswer
{
    public static async Task<IReadOnlyList<T>> AllAsync<T>(IQueryable<T> rows, CancellationToken ct) =>
        rows.Provider is IAsyncQueryProvider ? await rows.ToListAsync(ct) : [.. rows];
}
