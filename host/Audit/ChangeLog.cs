using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Sdk;

namespace Modular.Host.Audit;

/// <summary>The last entry about one row.</summary>
public sealed class ChangeLog(Work work) : IChangeLog
{
    public async Task<LastChange?> LastAsync(Guid rowId, CancellationToken ct = default)
    {
        var rows = await (await work.OpenAsync(ct)).QueryAsync(
            "select person_id, person_name, at from audit.entries where row_id = $1 and log = 'change' order by at desc, id desc limit 1",
            [rowId], r => new LastChange(r.IsDBNull(0) ? null : r.GetGuid(0), r.GetString(1), r.GetFieldValue<DateTimeOffset>(2)), ct);
        return rows.FirstOrDefault();
    }
}
