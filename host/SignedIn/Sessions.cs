using Modular.Host.Callers;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Npgsql;

namespace Modular.Host.SignedIn;

/// <summary>Opens, keeps and ends sessions. A row in the practice's database, so that every host agrees.</summary>
public sealed class Sessions(SessionReader reader, SessionCookie cookie, Catalogue catalogue, TimeProvider clock)
{
    /// <summary>Kind of the news by which hosts forget a remembered session.</summary>
    public const string News = "session";

    /// <summary>How exact the idle clock is; a click within it costs no write.</summary>
    private static readonly TimeSpan SeenEvery = TimeSpan.FromSeconds(20);

    public async Task<Guid> OpenAsync(HttpContext http, Practice practice, Person person, string method)
    {
        var id = Guid.CreateVersion7();
        var now = clock.GetUtcNow();
        await RunAsync(practice, """
            insert into core.sessions (id, person_id, security_stamp, method, created_at, last_seen_at, confirmed_at, ip, device)
            values ($1, $2, $3, $4, $5, $5, $5, $6, $7)
            """, http.RequestAborted, id, person.Id, person.SecurityStamp ?? "", method, now, Ip(http), Device(http.Request));
        cookie.Write(http, practice, id);
        return id;
    }

    /// <summary>Counts a click of the person; a call that a page makes by itself never comes here.</summary>
    public async ValueTask SeenAsync(Practice practice, Session session, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (now - session.LastSeenAt >= SeenEvery)
        {
            await RunAsync(practice, "update core.sessions set last_seen_at = $2 where id = $1 and ended_at is null and locked_at is null", ct, session.Id, now);
            reader.Forget(practice.Id, session.Id);
        }
    }

    public Task LockAsync(Practice practice, Guid session, CancellationToken ct) =>
        ChangeAsync(practice, session, "update core.sessions set locked_at = $2 where id = $1 and locked_at is null", ct, session, clock.GetUtcNow());

    /// <summary>The person proved again who they are: unlocks, and serves for step-up.</summary>
    public Task ConfirmAsync(Practice practice, Guid session, CancellationToken ct) =>
        ChangeAsync(practice, session, "update core.sessions set locked_at = null, last_seen_at = $2, confirmed_at = $2 where id = $1", ct, session, clock.GetUtcNow());

    /// <summary>A change of the person's secrets ended every other session; this one goes on.</summary>
    public Task RestampAsync(Practice practice, Guid session, Person person, CancellationToken ct) =>
        ChangeAsync(practice, session, "update core.sessions set security_stamp = $2 where id = $1", ct, session, person.SecurityStamp ?? "");

    public Task EndAsync(Practice practice, Guid session, string reason, CancellationToken ct) =>
        ChangeAsync(practice, session, "update core.sessions set ended_at = $2, end_reason = $3 where id = $1 and ended_at is null", ct, session, clock.GetUtcNow(), reason);

    /// <param name="except">The session that goes on, if any.</param>
    public async Task EndAllAsync(Practice practice, Guid person, string reason, Guid? except, CancellationToken ct)
    {
        var ended = await QueryAsync(practice, """
            update core.sessions set ended_at = $2, end_reason = $3
            where person_id = $1 and ended_at is null and id <> $4 returning id
            """, row => row.GetGuid(0), ct, person, clock.GetUtcNow(), reason, except ?? Guid.Empty);
        foreach (var session in ended)
        {
            await TellAsync(practice, session, ct);
        }
    }

    public async Task<IReadOnlyList<OpenSession>> ListAsync(Practice practice, Guid person, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await QueryAsync(practice, """
            select id, created_at, last_seen_at, ip, device, method from core.sessions
            where person_id = $1 and ended_at is null and created_at > $2 order by last_seen_at desc
            """, row => new OpenSession(
                row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(2), row.GetString(3), row.GetString(4), row.GetString(5)),
            ct, person, now - Session.AbsoluteLimit);
    }

    public static string Ip(HttpContext http) => http.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : "";

    /// <summary>Enough to recognize one's own desk: "Chrome on Windows".</summary>
    public static string Device(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        string Pick(params (string Part, string Name)[] known) =>
            known.FirstOrDefault(k => agent.Contains(k.Part, StringComparison.OrdinalIgnoreCase)).Name ?? "";
        var browser = Pick(("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"));
        var system = Pick(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux"));
        return (browser, system) switch { ("", "") => "Unknown device", (var b, "") => b, ("", var s) => s, var (b, s) => $"{b} on {s}" };
    }

    private async Task ChangeAsync(Practice practice, Guid session, string sql, CancellationToken ct, params object[] values)
    {
        await RunAsync(practice, sql, ct, values);
        await TellAsync(practice, session, ct);
    }

    private Task TellAsync(Practice practice, Guid session, CancellationToken ct)
    {
        reader.Forget(practice.Id, session);
        return catalogue.NotifyAsync(News, practice.Id, session.ToString("N"), ct);
    }

    private static async Task RunAsync(Practice practice, string sql, CancellationToken ct, params object[] values)
    {
        await using var connection = await practice.OpenAsync(ct);
        await connection.ExecuteAsync(sql, values, ct);
    }

    private static async Task<List<T>> QueryAsync<T>(Practice practice, string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params object[] values)
    {
        await using var connection = await practice.OpenAsync(ct);
        return await connection.QueryAsync(sql, values, read, ct);
    }
}

/// <param name="Method">How the person signed in: password, passkey, …</param>
public sealed record OpenSession(Guid Id, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, string Ip, string Device, string Method);
