using Modular.Host.Postgres;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Practices;

/// <summary>
/// One tenant in this process: its database and the snapshot of what a request needs to know before it asks the database.
/// The snapshot is replaced whole when the gate version grows; a request keeps the one it started with.
/// </summary>
public sealed class Practice(PracticeRow row, NpgsqlDataSource database, ConnectionLimit limit) : IPractice
{
    private readonly PracticePool pool = new(database);
    private volatile PracticeSnapshot snapshot = PracticeSnapshot.Empty;
    private volatile PracticeFault? fault;

    public PracticeRow Row { get; set; } = row;

    /// <summary>For the tools of an administrator, before the practice is served; everything else opens by <see cref="OpenAsync"/>.</summary>
    public NpgsqlDataSource Database => pool.Database;

    /// <summary>Why this process cannot take up the practice's present state; null when it did. What it took up before goes on.</summary>
    public PracticeFault? Fault { get => fault; set => fault = value; }

    public PracticeSnapshot Snapshot { get => snapshot; set => snapshot = value; }

    public Guid Id => Row.Id;
    public string Name => Snapshot.Name.Length > 0 ? Snapshot.Name : Row.Name;
    public string BaseUrl => Row.BaseUrl;
    public string Zone => Snapshot.Zone;
    public IReadOnlyList<Location> Locations => Snapshot.Locations;
    public BusinessDays BusinessDays => Snapshot.BusinessDays;

    public bool IsOn(string moduleId) => moduleId == Installed.LoadedModule.CoreId || Snapshot.ModulesOn.Contains(moduleId);

    public bool HasFeature(string feature) => Snapshot.Features.Contains(feature) && IsOn(feature.Split('.')[0]);

    // Not disposable on purpose: a scope that resolves IPractice would dispose the data source at its end. The registry closes it.
    public ValueTask CloseAsync()
    {
        limit.Remove(pool);
        return Database.DisposeAsync();
    }

    /// <summary>A connection that is opened later, by <see cref="OpenAsync(NpgsqlConnection, CancellationToken)"/> or by EF.</summary>
    public NpgsqlConnection Connection() => limit.Connection(pool);

    /// <summary>Opens a connection, within the process's limit.</summary>
    /// <exception cref="TimeoutException">All of them stayed busy.</exception>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        var connection = Connection();
        await OpenAsync(connection, ct);
        return connection;
    }

    public ValueTask OpenAsync(NpgsqlConnection connection, CancellationToken ct) => limit.OpenAsync(connection, ct);
}

/// <param name="Reason">For an administrator; holds nothing that a row held.</param>
/// <param name="Away">The database could not be reached: it is asked again at once when it is back.</param>
public sealed record PracticeFault(string Reason, bool Away);

/// <summary>The catalogue's row.</summary>
public sealed record PracticeRow(
    Guid Id,
    string Slug,
    string Name,
    string[] Hosts,
    string BaseUrl,
    string DatabaseName,
    string? Server,
    string Status,
    bool OutboundHeld,
    bool Demo,
    int GateVersion)
{
    /// <summary>Names at which pages for people without an account answer, and nothing else; with none they answer at all names.</summary>
    public string[] PublicHosts { get; init; } = [];

    /// <summary>Whether such pages, or else all others, answer at this name.</summary>
    public bool Answers(string host, bool publicly) =>
        PublicHosts.Length == 0 || PublicHosts.Contains(host, StringComparer.OrdinalIgnoreCase) == publicly;
}

/// <param name="Ready">False while the database is being upgraded.</param>
/// <param name="Features">Features that are switched on, of whatever module.</param>
/// <param name="Failed">Modules whose migration failed here, with the reason.</param>
public sealed record PracticeSnapshot(
    int GateVersion,
    bool Ready,
    string Name,
    string Zone,
    string Theme,
    IReadOnlyList<Location> Locations,
    IReadOnlySet<string> ModulesOn,
    IReadOnlyDictionary<string, string> ModuleStates,
    IReadOnlySet<string> Features,
    IReadOnlyDictionary<string, string> Failed)
{
    /// <summary>The webhooks that are told of a message, by its alias.</summary>
    public IReadOnlyDictionary<string, Guid[]> Webhooks { get; init; } = new Dictionary<string, Guid[]>();

    public BusinessDays BusinessDays { get; init; } = BusinessDays.Federal;

    public static PracticeSnapshot Empty { get; } = new(0, false, "", "America/New_York", "default", [], new HashSet<string>(),
        new Dictionary<string, string>(), new HashSet<string>(), new Dictionary<string, string>());
}
