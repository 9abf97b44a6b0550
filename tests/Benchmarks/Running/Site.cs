using Microsoft.Extensions.Logging.Abstractions;
using Modular.Host.Postgres;
using Npgsql;

namespace Modular.Benchmarks.Running;

/// <summary>
/// One installation: a database server, a catalogue, practices with people. The private cluster runs with its production
/// settings (fsync and synchronous_commit on): a benchmark whose commits reach no disk would flatter every write.
/// </summary>
public sealed class Site : IAsyncDisposable
{
    public const string Password = "kettle on the windowsill";
    public static readonly Guid Main = new("00000000-0000-7000-8000-0000000000a1");
    public static readonly Guid Lake = new("00000000-0000-7000-8000-0000000000a2");

    /// <summary>Where forty providers work on one day; see dense.sql.</summary>
    public static readonly Guid Dense = new("00000000-0000-7000-8000-0000000000a3");

    private readonly EmbeddedPostgres? cluster;
    private readonly string hostAssembly;
    private readonly string driver;

    private Site(string folder, string hostAssembly, string driver, string connection, EmbeddedPostgres? cluster) =>
        (Folder, this.hostAssembly, this.driver, Connection, this.cluster) = (folder, hostAssembly, driver, connection, cluster);

    public string Folder { get; }

    public string Connection { get; }

    /// <param name="driver">The driver of the host's version.</param>
    public static async Task<Site> StartAsync(string folder, string hostAssembly, string driver, string? connection)
    {
        Directory.CreateDirectory(folder);
        if (connection is not null)
        {
            return new(folder, hostAssembly, driver, connection, null);
        }

        var cluster = await EmbeddedPostgres.StartAsync(Path.Combine(folder, "postgres"), null, NullLogger.Instance, default);
        return new(folder, hostAssembly, driver, cluster.ConnectionString("postgres").ConnectionString, cluster);
    }

    /// <summary>Ids of the copies of scheduling that its host has.</summary>
    public IReadOnlyList<string> Copies => [.. Directory.GetDirectories(ModulesDirectory).Select(d => Path.GetFileName(d)).Where(id => id.StartsWith("copy", StringComparison.Ordinal))];

    private string ModulesDirectory => Path.Combine(Path.GetDirectoryName(hostAssembly)!, "modules");

    /// <summary>The published host on this site, as an administrator starts it.</summary>
    public ServerProcess StartHost() => ServerProcess.Start(hostAssembly,
        ["serve", "--port", "{port}", "--connection", Connection, "--data", Folder], Path.Combine(Folder, "host.log"));

    /// <summary>The bare pages to compare with, in a process of their own like the host.</summary>
    public ServerProcess StartFloor(string database) => ServerProcess.Start(typeof(Site).Assembly.Location,
        ["floor", "{port}", ConnectionTo(database)], Path.Combine(Folder, "floor.log"));

    public string ConnectionTo(string database) =>
        new NpgsqlConnectionStringBuilder(Connection) { Database = database, MaxAutoPrepare = 100, AutoPrepareMinUsages = 2, MaxPoolSize = 24, CommandTimeout = 3600 }.ConnectionString;

    public NpgsqlDataSource Database(string database) => NpgsqlDataSource.Create(ConnectionTo(database));

    /// <summary>A host that does what it is told, for what an administrator's verb would do and for measuring below HTTP.</summary>
    public Task<DriverProcess> DriveAsync() => DriverProcess.StartAsync(driver, Connection, Folder, ModulesDirectory);

    /// <summary>Name of a practice's database.</summary>
    public static string DatabaseOf(string slug) => $"modular_{slug}";

    /// <summary>Practices with two locations and somebody of each role preset, unless they are there already.</summary>
    public async Task AddPracticesAsync(params string[] slugs)
    {
        await using var driver = await DriveAsync();
        foreach (var slug in slugs)
        {
            await driver.AskAsync($"practice {slug}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (cluster is not null)
        {
            await cluster.DisposeAsync();
        }
    }
}
