using Modular.Host.Callers;
using Modular.Host.Keys;
using Modular.Host.Practices;
using Npgsql;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Modular.Sdk;
using Practice = Modular.Host.Practices.Practice;

namespace Modular.Host.SignedIn;

/// <summary>
/// What somebody typed and sent while they had to prove who they are: kept in the practice's database, encrypted, and put back into
/// the form for the same person only. The address carries the row's id and nothing else; the form is never sent on by itself.
/// </summary>
public sealed class KeptForms(KeyRing keys, SessionCookie cookie, IAntiforgery antiforgery, TimeProvider clock)
{
    /// <summary>A lock before lunch is opened after it.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(2);

    private const string Parameter = "kept";
    private const int MaxLetters = 250_000;
    private const int MaxPerPerson = 10;

    // Forms of these hold secrets, or nothing that anybody would miss.
    private static readonly string[] Never = ["/account", "/lock", "/first-run", "/place", "/live"];

    private sealed record Content(string Action, Dictionary<string, string[]> Fields, string[] Files);

    /// <summary>Where the person comes back to.</summary>
    public static string Address(string page, Guid id)
    {
        var (path, query) = page.Split('?', 2) is [var p, var q] ? (p, q) : (page, "");
        var others = QueryHelpers.ParseQuery(query).Where(pair => pair.Key != Parameter).SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value));
        return QueryHelpers.AddQueryString(path, others.Append(new(Parameter, id.ToString("N"))));
    }

    /// <returns>Null when there is nothing worth keeping, or nobody to keep it for.</returns>
    public async Task<Guid?> KeepAsync(HttpContext http, Practice practice, CurrentSession current, string action)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.HasFormContentType || Never.Any(n => action.StartsWith(n, StringComparison.Ordinal))
            || await OwnerAsync(http, practice, current) is not { } person)
        {
            return null;
        }

        http.User = Session.Principal(person);
        // Nobody else's page may plant a form for this person.
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return null;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var fields = form.Where(f => f.Key != "__RequestVerificationToken" && !f.Key.Contains("password", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(f => f.Key, f => f.Value.Select(v => v ?? "").ToArray());
        var letters = fields.Sum(f => f.Key.Length + f.Value.Sum(v => v.Length));
        return fields.Count == 0 || letters > MaxLetters ? null
            : await StoreAsync(practice, person, new(action, fields, [.. form.Files.Select(f => f.FileName)]), http.RequestAborted);
    }

    /// <summary>The page asked for by its address gets what was typed, for its forms to fill.</summary>
    public async ValueTask RestoreAsync(HttpContext http, ScopeContext scope)
    {
        if (HttpMethods.IsGet(http.Request.Method) && scope.Actor.PersonId is { } person
            && Guid.TryParse(http.Request.Query[Parameter], out var id) && await FindAsync(scope.Practice, person, id, http.RequestAborted) is { } content)
        {
            http.Features.Set(new KeptForm(content.Action, content.Fields, content.Files));
        }
    }

    private async Task<Guid?> OwnerAsync(HttpContext http, Practice practice, CurrentSession current)
    {
        if (current.Session is { } session)
        {
            return session.PersonId;
        }

        if (cookie.Read(http.Request, practice) is not { } id)
        {
            return null;
        }

        // Ended meanwhile: the row still says whose it was.
        await using var connection = await practice.OpenAsync(http.RequestAborted);
        await using var command = new NpgsqlCommand("select s.person_id from core.sessions s join core.people p on p.id = s.person_id where s.id = $1 and p.active", connection);
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteScalarAsync(http.RequestAborted) as Guid?;
    }

    private async Task<Guid> StoreAsync(Practice practice, Guid person, Content content, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        await using var connection = await practice.OpenAsync(ct);
        await using var command = new NpgsqlCommand("""
            with gone as (
                delete from core.kept_forms where expires_at <= $4
                    or id in (select id from core.kept_forms where person_id = $2 order by id desc offset $6))
            insert into core.kept_forms (id, person_id, content, expires_at) values ($1, $2, $3, $5)
            """, connection);
        var now = clock.GetUtcNow();
        foreach (var value in new object[] { id, person, Protector(practice, id).Protect(JsonSerializer.SerializeToUtf8Bytes(content)), now, now + KeptFor, MaxPerPerson - 1 })
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(ct);
        return id;
    }

    private async Task<Content?> FindAsync(Practice practice, Guid person, Guid id, CancellationToken ct)
    {
        await using var connection = await practice.OpenAsync(ct);
        await using var command = new NpgsqlCommand("select content from core.kept_forms where id = $1 and person_id = $2 and expires_at > $3", connection);
        foreach (var value in new object[] { id, person, clock.GetUtcNow() })
        {
            command.Parameters.Add(new() { Value = value });
        }

        try
        {
            return await command.ExecuteScalarAsync(ct) is byte[] sealedContent ? JsonSerializer.Deserialize<Content>(Protector(practice, id).Unprotect(sealedContent)) : null;
        }
        catch (CryptographicException)
        {
            // A restored copy under another master key: the form is typed anew.
            return null;
        }
    }

    private IDataProtector Protector(Practice practice, Guid id) => keys.For(practice, $"kept-form {id:N}");
}
