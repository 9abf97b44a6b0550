using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Core;
using Modular.Host.Data;
using Modular.Host.Practices;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.People;

/// <summary>
/// The first-run page makes the practice's first owner. It opens only for the token printed on the console, only while there is
/// nobody, and never again: a setup page that stays behind is how such systems were taken over.
/// </summary>
public sealed class FirstRun(PeopleDb db, CoreDb core, CoreChanges changes, PeopleAdmin people, Work work, ScopeContext scope, TimeProvider clock)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(24);

    /// <summary>For the command line: a token for the practice's first-run page, replacing an earlier one.</summary>
    /// <exception cref="PeopleException">There are people already.</exception>
    public static async Task<string> IssueTokenAsync(IServiceProvider services, Practice practice, CancellationToken ct = default)
    {
        await using var scope = services.OpenScope(practice, Actor.System("first run"));
        if (await scope.ServiceProvider.GetRequiredService<PeopleAdmin>().AnyAsync(ct))
        {
            throw new PeopleException("This practice has people already; use: user add, or user reset.");
        }

        var token = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        await using var connection = await practice.OpenAsync(ct);
        await using var command = new NpgsqlCommand("""
            insert into core.first_run (token_digest, expires_at) values ($1, $2)
            on conflict (only_one) do update set token_digest = excluded.token_digest, expires_at = excluded.expires_at where core.first_run.used_at is null
            """, connection);
        command.Parameters.Add(new() { Value = Invitations.Digest(token) });
        command.Parameters.Add(new() { Value = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow() + Lasts });
        await command.ExecuteNonQueryAsync(ct);
        return token;
    }

    public async Task<bool> IsOpenAsync(string? token, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select exists (select 1 from core.first_run where token_digest = $1 and used_at is null and expires_at > $2) and not exists (select 1 from core.people)",
            await work.OpenAsync(ct))
        {
            Parameters = { new() { Value = Invitations.Digest(token ?? "") }, new() { Value = clock.GetUtcNow() } },
        };
        return await command.ExecuteScalarAsync(ct) is true;
    }

    /// <summary>The owner and the practice's basics, in one transaction with the token's end.</summary>
    /// <exception cref="PeopleException">The sentence to show.</exception>
    public async Task<Person> CompleteAsync(string token, NewPerson owner, string practiceName, string zone, string locationName, CancellationToken ct)
    {
        scope.Become(Actor.System("first run"));
        await using var write = await db.BeginWriteAsync(ct);
        await using var take = new NpgsqlCommand("""
            update core.first_run set used_at = $2 where token_digest = $1 and used_at is null and expires_at > $2 and not exists (select 1 from core.people)
            """, work.Connection, (NpgsqlTransaction)write.Transaction)
        {
            Parameters = { new() { Value = Invitations.Digest(token) }, new() { Value = clock.GetUtcNow() } },
        };
        if (await take.ExecuteNonQueryAsync(ct) != 1)
        {
            throw new PeopleException("This page was used already or its token ran out. Print a new one on the console.");
        }

        var person = await people.AddAsync(owner, ct);
        await BasicsAsync(write, practiceName, zone, locationName, ct);
        return person;
    }

    private async Task BasicsAsync(IWrite write, string name, string zone, string location, CancellationToken ct)
    {
        var profile = await core.Profile.SingleAsync(ct);
        (profile.Name, profile.Zone) = (name, zone);
        // The place the practice was made with, or the first one.
        var site = await core.Sites.OrderBy(s => s.Name).FirstOrDefaultAsync(ct);
        if (site is null)
        {
            site = new Site { Id = Guid.CreateVersion7(), Name = location, Zone = zone };
            core.Add(site);
        }

        (site.Name, site.Zone) = (location, zone);
        await changes.CommitAsync(write, ct, site);
    }
}
