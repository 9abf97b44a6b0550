using System.Net;
using Modular.Host.Disk;

namespace Modular.Host.Start;

/// <summary>A setting of the process that cannot be read: the sentence for whoever starts it.</summary>
public sealed class SettingException(string sentence) : Exception(sentence);

/// <summary>How this process was started.</summary>
public sealed record StartOptions
{
    /// <summary>Server and credentials, any database name; null starts the embedded cluster in <see cref="DataDirectory"/>.</summary>
    public string? Connection { get; init; }

    /// <summary>The embedded cluster, where this process runs it.</summary>
    public Postgres.EmbeddedPostgres? Cluster { get; init; }

    /// <summary>The embedded cluster, where another process runs it.</summary>
    public Postgres.JoinedCluster? Joined { get; init; }

    public string DataDirectory { get; init; } = DefaultDataDirectory;

    public int Port { get; init; } = 5080;

    /// <summary>Address to bind; loopback unless a balancer or container needs another.</summary>
    public string Bind { get; init; } = "127.0.0.1";

    /// <summary>The whole address to listen on, such as <c>http://0.0.0.0:8080</c> in a container; overrides port and bind.</summary>
    public string? Listen { get; init; }

    /// <summary>Makes and serves the demo practice, whose sign-ins everybody knows: to this computer alone.</summary>
    public bool Demo { get; init; }

    /// <summary>Nothing real is in it: the log holds whole traces, with what the exceptions say.</summary>
    public bool Development { get; init; } =
        (Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")) == "Development";

    public string Address => Listen ?? $"http://{Bind}:{Port}";

    /// <summary>Whether only programs on this computer reach the host.</summary>
    public bool IsLoopback => Address.Split(';').All(a => Uri.TryCreate(a, UriKind.Absolute, out var address) && address.IsLoopback);

    public string ModulesDirectory { get; init; } = Environment.GetEnvironmentVariable("MODULAR_MODULES") ?? Path.Combine(HostFolder.Path, "modules");

    /// <summary>Public keys of those whose modules are trusted.</summary>
    public string PublishersDirectory { get; init; } = Environment.GetEnvironmentVariable("MODULAR_PUBLISHERS") ?? "";

    /// <summary>Only modules that a trusted publisher signed can be installed.</summary>
    public bool SignedOnly { get; init; } = Environment.GetEnvironmentVariable("MODULAR_SIGNED_ONLY") == "1";

    /// <summary>
    /// Whether the modules page installs and removes. By itself only where one practice is served: a module runs in the whole process,
    /// and one practice's owner must not put code beside another's records.
    /// </summary>
    public bool? InstallByPage { get; init; } = Environment.GetEnvironmentVariable("MODULAR_INSTALL_BY_PAGE") switch { "1" => true, "0" => false, _ => null };

    /// <summary>Whether installs that wait are carried out at this start: by a host that serves, not by a verb beside it.</summary>
    public bool CarriesOutInstalls { get; init; }

    /// <summary>Modules outside <see cref="ModulesDirectory"/>, each in the folder where its build left it: what a developer works on.</summary>
    public IReadOnlyList<string> ModuleFolders { get; init; } = [];

    public string ThemesDirectory { get; init; } = Path.Combine(HostFolder.Path, "themes");

    /// <summary>Starts without any module: the way in when one of them stops the host.</summary>
    public bool SafeMode { get; init; } = Environment.GetEnvironmentVariable("MODULAR_SAFE_MODE") == "1";

    /// <summary>Hosts inside the own network where practices may have their sign-in provider; all others must be on the public internet.</summary>
    public IReadOnlyList<string> PrivateProviders { get; init; } =
        (Environment.GetEnvironmentVariable("MODULAR_PRIVATE_PROVIDERS") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Connections at most, idle ones and the catalogue's too. 1,000 sleeping practices need none of their own.</summary>
    public int MostConnections { get; init; } = int.TryParse(Environment.GetEnvironmentVariable("MODULAR_CONNECTIONS"), out var most) && most >= 2 * Practices.Catalogue.Connections ? most : 80;

    /// <summary>What all slots of one page may take together; a late one becomes a placeholder. Tests on a busy machine give more.</summary>
    public TimeSpan SlotBudget { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>Name of the catalogue database, and the beginning of the practices' names: two installations can share a server.</summary>
    public string Catalogue { get; init; } = Environment.GetEnvironmentVariable("MODULAR_CATALOGUE") ?? "modular";

    /// <summary>What a monitor on another computer sends as a bearer token to read <c>/metrics</c>; without one only this computer reads them.</summary>
    public string? MetricsToken { get; init; } = Environment.GetEnvironmentVariable("MODULAR_METRICS_TOKEN");

    /// <summary>Where spans of requests, queries and messages are sent; nothing is without it. The variable that every OpenTelemetry program reads.</summary>
    public string? Telemetry { get; init; } = Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT");

    /// <summary>The file with the settings of a RabbitMQ broker, over which messages go to other groups of hosts; none is used without it.</summary>
    public string? Broker { get; init; } = Environment.GetEnvironmentVariable("MODULAR_BROKER");

    /// <summary>Bytes that must be free on each disk; below, the host says that it is not ready, and takes no uploads. MODULAR_LEAST_FREE_MB.</summary>
    public long LeastFree { get; init; } = 1024L * 1024 * (long.TryParse(Environment.GetEnvironmentVariable("MODULAR_LEAST_FREE_MB"), out var megabytes) ? megabytes : 512);

    /// <summary>Where the heads of the audit chains are sent, so that they are not on this machine alone: a folder, an https address, or smtp for e-mail.</summary>
    public string? HeadsTo { get; init; } = Environment.GetEnvironmentVariable("MODULAR_AUDIT_HEADS");

    /// <summary>The balancers before this host, whose word about a caller's address and TLS is taken.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = TrustedProxies.Read(Environment.GetEnvironmentVariable("MODULAR_PROXIES"));

    /// <summary>By which people are told about their own sign-in; nothing is sent without it.</summary>
    public MailServer? Mail { get; init; } = MailServer.Read(Environment.GetEnvironmentVariable("MODULAR_MAIL"));

    public string Publishers => PublishersDirectory.Length > 0 ? PublishersDirectory : Path.Combine(DataDirectory, "publishers");

    private static string DefaultDataDirectory => Environment.GetEnvironmentVariable("MODULAR_DATA") ?? (
        Environment.UserName == "root"
            ? "/var/lib/modular"
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "modular"));
}
