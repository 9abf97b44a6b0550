using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Core;
using Modular.Host.Data;
using Modular.Host.Disk;
using Modular.Host.People;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.SignIn;
using Modular.Host.Start;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.FirstRun;

/// <summary>
/// The first-run page makes the practice's first owner. It takes only the token printed on the console, only while there is
/// nobody, and never again: a setup page that stays behind is how such systems were taken over.
/// </summary>
public sealed class FirstSetUp(PeopleDb db, CoreDb core, CoreChanges changes, PeopleAdmin people, Work work, ScopeContext scope, StartOptions options, TimeProvider clock)
{
    /// <summary>A token cannot be guessed; who tries all the same is stopped, and the next start prints another one.</summary>
    public const int MostTries = 10;

    private const string Open = "used_at is null and expires_at > $1 and not exists (select 1 from core.people)";
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
            on conflict (only_one) do update set token_digest = excluded.token_digest, expires_at = excluded.expires_at, tries = 0 where core.first_run.used_at is null
            """, connection);
        command.Parameters.Add(new() { Value = Invitations.Digest(token) });
        command.Parameters.Add(new() { Value = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow() + Lasts });
        await command.ExecuteNonQueryAsync(ct);
        return token;
    }

    /// <summary>Where the token is kept for whoever may read the data folder.</summary>
    public static string TokenFile(StartOptions options, Practice practice) => Path.Combine(options.DataDirectory, $"first-run-{practice.Row.Slug}.token");

    /// <returns>False where the folder cannot be written: the console said it.</returns>
    public static bool Keep(string file, string token)
    {
        try
        {
            PrivateFiles.CreateFolder(Path.GetDirectoryName(file)!);
            Forget(file);
            using var own = PrivateFiles.Create(file);
            using var text = new StreamWriter(own);
            text.WriteLine(token);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Forget(string file)
    {
        if (File.Exists(file))
        {
            File.Delete(file);
        }
    }

    /// <summary>Whether there is a token to be typed, and nobody yet.</summary>
    public async Task<bool> IsOpenAsync(CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select exists (select 1 from core.first_run where {Open})", await work.OpenAsync(ct))
        {
            Parameters = { new() { Value = clock.GetUtcNow() } },
        };
        return await command.ExecuteScalarAsync(ct) is true;
    }

    /// <summary>Counts a wrong token.</summary>
    /// <returns>The sentence beside the field; null when it is the right one.</returns>
    public async Task<string?> FaultAsync(string token, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            update core.first_run set tries = tries + (token_digest <> $2)::int where {Open} returning token_digest = $2 and tries < $3, tries >= $3
            """, await work.OpenAsync(ct))
        {
            Parameters = { new() { Value = clock.GetUtcNow() }, new() { Value = Invitations.Digest(token) }, new() { Value = MostTries } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        return !await reader.ReadAsync(ct) ? UsedUp
            : reader.GetBoolean(0) ? null
            : reader.GetBoolean(1) ? "Too many wrong tokens were typed. Restart Modular, which prints another one."
            : "This is not the token. Modular printed it on its console when it started, with the words \"Set it up\".";
    }

    private const string UsedUp = "This page was used already or its token ran out. Restart Modular, which prints another one while nobody is there.";

    /// <summary>The owner and the practice's basics, in one transaction with the token's end.</summary>
    /// <exception cref="PeopleException">The sentence to show.</exception>
    public async Task<Person> CompleteAsync(string token, NewPerson owner, string practiceName, string zone, string locationName, CancellationToken ct)
    {
        scope.Become(Actor.System("first run"));
        await using var write = await db.BeginWriteAsync(ct);
        await using var take = new NpgsqlCommand($"""
            update core.first_run set used_at = $1 where token_digest = $2 and tries < $3 and {Open}
            """, work.Connection, (NpgsqlTransaction)write.Transaction)
        {
            Parameters = { new() { Value = clock.GetUtcNow() }, new() { Value = Invitations.Digest(token) }, new() { Value = MostTries } },
        };
        if (await take.ExecuteNonQueryAsync(ct) != 1)
        {
            throw new PeopleException(UsedUp);
        }

        var person = await people.AddAsync(owner, ct);
        await BasicsAsync(write, practiceName, zone, locationName, ct);
        Forget(TokenFile(options, scope.Practice));
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
        var entity = await core.LegalEntities.SingleAsync(e => e.Main, ct);
        entity.Name = name;
        await changes.CommitAsync(write, ct, site, entity);
    }
}
