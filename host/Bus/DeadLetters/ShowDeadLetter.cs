using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Bus.DeadLetters;

/// <summary>One failed message: what it was, and where the handler failed.</summary>
public sealed class ShowDeadLetter(BusDb db) : Slice
{
    public sealed record Model(DeadLetter Letter, IReadOnlyList<(string Name, string Value)> Fields, string Stack);

    [HttpGet("/admin/dead-letters/{id:guid}")]
    [Needs("core.operations.manage")]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct)
    {
        if (await db.DeadLetters.AsNoTracking().SingleOrDefaultAsync(d => d.LetterId == id, ct) is not { } letter)
        {
            return NotFound();
        }

        using var body = JsonDocument.Parse(letter.Body);
        return Page(new Model(letter, [.. Fields(body.RootElement, "")], Stack(letter.Detail)));
    }

    /// <summary>Ids and numbers tell which record it is; words could be a patient's and stay hidden from whoever runs the system.</summary>
    private static IEnumerable<(string, string)> Fields(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Fields(p.Value, path.Length == 0 ? p.Name : $"{path}.{p.Name}")),
        JsonValueKind.Array => [(path, $"{element.GetArrayLength()} entries")],
        JsonValueKind.String when !element.TryGetGuid(out _) => [(path, element.GetString()!.Length == 0 ? "empty" : "hidden")],
        JsonValueKind.Null => [(path, "none")],
        _ => [(path, element.ToString())],
    };

    /// <summary>The frames alone: the exception's own text may hold values.</summary>
    private static string Stack(string detail) =>
        string.Join('\n', detail.Split('\n').Where(line => line.StartsWith("   at ", StringComparison.Ordinal)).Select(line => line.TrimEnd()));
}
