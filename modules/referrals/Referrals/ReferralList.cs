using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>The work list: what is on its way, what is due first.</summary>
public sealed class ReferralList(ReferralsDb db, ChosenLocation chosen) : Slice
{
    public sealed record Model(ListPage<Referral> Found, string? Place, ListAsk Ask, string Live);

    [HttpGet("/referrals/referrals")]
    [Needs(ReferralsPermissions.Read)]
    [Export(ReferralsPermissions.Export)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        // The count in the rail is of the place in the top bar, and so is its list.
        var (place, file) = (chosen.Location?.Id, AsFile);
        var rows = db.Referrals.AsNoTracking().Where(r => place == null || r.LocationId == place)
            .Where(r => !file || !db.Patients.Any(p => p.Id == r.PatientId && p.Restricted));
        var places = chosen.Location is { } here ? [here] : chosen.Choices;
        return ListAsync(ReferralColumns.List, rows, query, page => Task.FromResult<object>(
            new Model(page, chosen.Location?.Name, page.Request!.Ask, string.Join(' ', places.Select(p =>
                $"{ReferralsModule.Topic}:{p.Id:N}")))), ct);
    }
}
