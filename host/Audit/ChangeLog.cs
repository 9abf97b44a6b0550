using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Sdk;

namespace Modular.Host.Audit;

/// <summary>The change log of one row, for whoever may open the page it stands on.</summary>
public sealed class ChangeLog(Work work, AuditLog log) : IChangeLog
{
    public async Task<LastChange?> LastAsync(Guid rowId, CancellationToken ct = default)
    {
        var rows = await (await work.OpenAsync(ct)).QueryAsync(
            "select person_id, person_name, at from audit.entries where row_id = $1 and log = 'change' order by at desc, id desc limit 1",
            [rowId], r => new LastChange(r.IsDBNull(0) ? null : r.GetGuid(0), r.GetString(1), r.GetFieldValue<DateTimeOffset>(2)), ct);
        return rows.FirstOrDefault();
    }

    public async Task<IReadOnlyList<RowChange>> HistoryAsync(Guid rowId, int skip, int take, CancellationToken ct = default) =>
        [.. (await log.ReadAsync(new() { Row = rowId, Log = AuditTrail.Change }, skip, take, ct)).Select(e => new RowChange(
            e.At, e.PersonId, e.Person, e.What, (e.Values ?? new Dictionary<string, string[]>())
                .ToDictionary(v => v.Key, v => (v.Value[0], v.Value[1]))))];
}
