using Microsoft.EntityFrameworkCore;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Referrals.Reactions;

/// <summary>Who may ask for a referral.</summary>
[NotLogged]
public sealed class KnownProvider
{
    public Guid Id { get; init; }
    public int Version { get; init; }
    public required string Name { get; init; }
    public string? Npi { get; init; }
    public bool Active { get; init; }
}

public static class StaffMemberChangedHandler
{
    /// <summary>Somebody who is no provider is kept only if they were one: their referrals stay theirs.</summary>
    public static Task HandleAsync(StaffMemberChanged staff, ReferralsDb db, CancellationToken ct)
    {
        var sees = staff is { IsProvider: true, Active: true };
        return db.Database.ExecuteSqlAsync($"""
            with newer as (
                insert into referrals.providers as known (id, version, name, npi, active)
                select {staff.StaffMemberId}, {staff.Version}, {staff.DisplayName}, {staff.Npi}, {sees}
                where {staff.IsProvider} or exists (select from referrals.providers where id = {staff.StaffMemberId})
                on conflict (id) do update set version = excluded.version, name = excluded.name, npi = excluded.npi, active = excluded.active
                where excluded.version > known.version
                returning id)
            update referrals.referrals set asked_by = {staff.DisplayName} from newer where asked_by_id = newer.id and asked_by <> {staff.DisplayName}
            """, ct);
    }
}
