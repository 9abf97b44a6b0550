using System.CommandLine;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Npgsql;

namespace Modular.Host.Cli;

public static class PracticeAddressCommand
{
    private static readonly Option<string[]> HostOption = new("--host") { Description = "Host name that leads here, instead of those so far; may be given several times" };
    private static readonly Option<string[]> PublicHostOption = new("--public-host") { Description = "Host name for pages that people open without an account, instead of those so far; staff pages are not answered there. \"\" for none: then both answer at the same names" };
    private static readonly Option<string?> UrlOption = new("--url") { Description = "Base address for links, such as https://clinic.example; \"\" for none" };
    private static readonly Option<string?> ServerOption = new("--server") { Description = "Connection string of the PostgreSQL server that holds its database now; \"\" for the catalogue's own. Suspend the practice and move the database first" };

    public static Command Create()
    {
        var command = new Command("address", "Change the host names, the base address or the database server of a practice. What is left out stays.") { PracticeCommands.Slug, HostOption, PublicHostOption, UrlOption, ServerOption };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var (hosts, url, server) = (parsed.GetValue(HostOption) ?? [], parsed.GetValue(UrlOption), parsed.GetValue(ServerOption));
        var apart = parsed.GetValue(PublicHostOption) ?? [];
        if (hosts.Length == 0 && apart.Length == 0 && url is null && server is null)
        {
            throw new CommandFailedException("Say what to change: --host, --public-host, --url or --server.");
        }

        await using var session = await AdminSession.OpenAsync(parsed, ct, migrate: false);
        var practice = session.Practice(parsed.GetValue(PracticeCommands.Slug)!);
        var names = hosts.Length == 0 ? practice.Row.Hosts : Hosts(session, practice, hosts);
        var publicNames = apart.Length == 0 ? practice.Row.PublicHosts : apart is [""] ? [] : Hosts(session, practice, apart);
        if (publicNames.FirstOrDefault(n => names.Contains(n) || n == $"{practice.Row.Slug}.localhost") is { } both)
        {
            throw new CommandFailedException($"{both} cannot be both: pages without an account are answered at a name of their own, or at the same names as all others.");
        }

        var address = url is null ? practice.Row.BaseUrl : Url(url);
        var at = server is null ? practice.Row.Server : await ServerAsync(session, practice, server, ct);
        await session.Catalogue.ReaddressAsync(practice, names, publicNames, address, at, ct);
        Console.WriteLine($"{practice.Row.Slug}: answers at {string.Join(", ", names.Append($"{practice.Row.Slug}.localhost"))}; links begin with {(address.Length == 0 ? "nothing" : address)}"
            + (publicNames.Length == 0 ? "" : $"; pages without an account answer at {string.Join(", ", publicNames)} alone")
            + (at == practice.Row.Server ? "" : ". Its database is on the other server; restart every host before you resume it"));
        return 0;
    }

    /// <summary>Host names as the registry looks them up, and nobody else's.</summary>
    /// <param name="practice">Null for one that is being made.</param>
    public static string[] Hosts(AdminSession session, Practice? practice, string[] typed)
    {
        string[] hosts = [.. typed.Select(h => h.Trim().ToLowerInvariant()).Distinct()];
        foreach (var host in hosts)
        {
            if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            {
                throw new CommandFailedException($"{host} is not a host name; one is clinic.example.org, without https:// and port.");
            }

            if (session.Practices.All.FirstOrDefault(p => p.Id != practice?.Id && (p.Row.Hosts.Contains(host)
                || p.Row.PublicHosts.Contains(host) || host == $"{p.Row.Slug}.localhost")) is { } other)
            {
                throw new CommandFailedException($"{host} leads to {other.Row.Slug} already.");
            }
        }

        return hosts;
    }

    public static string Url(string typed)
    {
        var url = typed.Trim().TrimEnd('/');
        return url.Length == 0 || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.PathAndQuery == "/")
            ? url
            : throw new CommandFailedException($"{typed} is not a base address; one is https://clinic.example.org.");
    }

    /// <summary>The database must be there already, and be this practice's.</summary>
    private static async Task<string?> ServerAsync(AdminSession session, Practice practice, string typed, CancellationToken ct)
    {
        if (practice.Row.Status != "suspended")
        {
            throw new CommandFailedException($"{practice.Row.Slug} is in use. Suspend it first: practice suspend {practice.Row.Slug}");
        }

        var server = typed.Length == 0 ? null : typed;
        await using var there = session.Services.GetRequiredService<DatabaseServer>().DataSource(practice.Row.DatabaseName, 2, server);
        return await ProfileAsync(there, ct) == await ProfileAsync(practice.Database, ct)
            ? server
            : throw new CommandFailedException($"The database {practice.Row.DatabaseName} on that server is another practice's. Nothing was changed.");
    }

    private static async Task<Guid?> ProfileAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select id from core.profile");
        return (Guid?)await command.ExecuteScalarAsync(ct);
    }
}
