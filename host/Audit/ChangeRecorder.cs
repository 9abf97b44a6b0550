using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Data;
using Modular.Sdk;

namespace Modular.Host.Audit;

/// <summary>Every saved row becomes an entry of the change log, with the values before and after.</summary>
public sealed class ChangeRecorder(AuditTrail trail) : IRowRecorder
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    public bool Derives => false;

    public void Record(IReadOnlyList<SavedRow> rows, Work work)
    {
        if (!trail.Quiet)
        {
            foreach (var row in rows.Where(r => !r.Entity.GetType().IsDefined(typeof(NotLoggedAttribute), true)))
            {
                trail.Add(work, Note(row));
            }
        }
    }

    private static AuditNote Note(SavedRow row) => new(
        AuditTrail.Change,
        row.Schema,
        row.State switch { EntityState.Added => "added", EntityState.Deleted => "deleted", _ => "changed" },
        row.Table,
        row.Id,
        row.Entity is IOfPatient { PatientId: { } patient } ? [patient] : null,
        Values: Values(row));

    /// <summary><c>{"column": [before, after]}</c>; what stayed null or the same is left out.</summary>
    private static string Values(SavedRow row)
    {
        var changed = row.Values
            .Where(v => v.Column is not "version" and not "id")
            .Select(v => (v.Column, Before: Plain(v.Before), After: Plain(v.After)))
            .Where(v => !Equals(v.Before, v.After) || v.Before is SavedRow.Withheld)
            .ToDictionary(v => v.Column, v => new[] { v.Before, v.After });
        return JsonSerializer.Serialize(changed, Json);
    }

    private static object? Plain(object? value) => value switch
    {
        byte[] bytes => $"({bytes.Length} bytes)",
        string or null => value,
        Enum state => Names.Kebab(state.ToString()),
        IEnumerable list => list.Cast<object?>().ToList(),
        _ => value,
    };
}
