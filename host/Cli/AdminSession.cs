using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Modular.Host.Composition;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Host.Start;

namespace Modular.Host.Cli;

/// <summary>
/// The host's services without its web server, for one verb. Uses the server of <c>--connection</c>, else the cluster that a
/// serving host already runs in <c>--data</c>, else starts that cluster for the time of the verb.
/// </summary>
public sealed class AdminSession : IAsyncDisposable
{
    public static Option<string?> ConnectionOption { get; } = new("--connection") { Description = "PostgreSQL server (15 or later) to use instead of a private one; also MODULAR_CONNECTION", Recursive = true };

    public static Option<string?> DataOption { get; } = new("--data") { Description = "Folder of the private PostgreSQL server", Recursive = true };

    public static Option<string[]> ModuleOption { get; } = new("--module") { Description = "Folder of one more module, as its build left it", Recursive = true };

    private readonly EmbeddedPostgres? cluster;

    private AdminSession(WebApplication app, EmbeddedPostgres? cluster) => (App, this.cluster) = (app, cluster);

    public WebApplication App { get; }

    /// <summary>Why there is no practice to ask; null when there may be some.</summary>
    public string? NothingYet { get; private set; }

    public IServiceProvider Services => App.Services;

    public PracticeRegistry Practices => Services.GetRequiredService<PracticeRegistry>();

    public Catalogue Catalogue => Services.GetRequiredService<Catalogue>();

    /// <param name="migrate">False for verbs that must not change a database, such as doctor.</param>
    /// <param name="safe">True for verbs that must work although a module cannot even be loaded.</param>
    /// <param name="makes">True for verbs that may be the first ever on this machine; the others make nothing, not even a folder.</param>
    /// <param name="without">True for verbs that have something to say where there is no practice yet: then <see cref="NothingYet"/> says so.</param>
    public static async Task<AdminSession> OpenAsync(
        ParseResult parsed, CancellationToken ct, bool migrate = true, bool safe = false, bool makes = false, bool without = false)
    {
        var wanted = new StartOptions();
        wanted = wanted with { SafeMode = safe || wanted.SafeMode };
        StartOptions options;
        EmbeddedPostgres? cluster = null;
        string? nothing = null;
        try
        {
            (options, cluster) = await ConnectAsync(parsed, wanted, NullLogger.Instance, ct, makes);
        }
        catch (NothingYetException e) when (without)
        {
            (options, nothing) = (Folders(parsed, wanted), e.Message);
        }

        var session = new AdminSession(HostApp.Build(options, builder => builder.Logging.SetMinimumLevel(LogLevel.Warning)), cluster) { NothingYet = nothing };
        try
        {
            if (nothing is null)
            {
                await session.FindPracticesAsync(migrate, makes, ct);
            }

            return session;
        }
        catch (NothingYetException e) when (without)
        {
            session.NothingYet = e.Message;
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private async Task FindPracticesAsync(bool migrate, bool makes, CancellationToken ct)
    {
        if (!makes && !await Catalogue.ExistsAsync(ct))
        {
            throw Nothing("this database server");
        }

        await Catalogue.CreateAsync(ct);
        await Practices.ReloadAsync(ct);
        foreach (var practice in migrate ? Practices.All : [])
        {
            await Practices.RefreshAsync(practice, ct);
        }
    }

    private static NothingYetException Nothing(string where) =>
        new($"There is no practice yet: nothing was ever served from {where}. Start Modular with serve, make a practice with practice add, or name another folder with --data.");

    /// <summary>Fills in the connection, starting the private cluster when nobody runs it.</summary>
    /// <param name="makes">Whether a cluster is made where there is none.</param>
    public static async Task<(StartOptions Options, EmbeddedPostgres? Cluster)> ConnectAsync(
        ParseResult parsed, StartOptions options, ILogger log, CancellationToken ct, bool makes = true)
    {
        options = Folders(parsed, options);
        if (options.ModuleFolders.FirstOrDefault(f => !File.Exists(Path.Combine(f, "module.json"))) is { } empty)
        {
            throw new CommandFailedException($"There is no module in {empty}: it has no module.json. Build the module first.");
        }

        var connection = parsed.GetValue(ConnectionOption) ?? Environment.GetEnvironmentVariable("MODULAR_CONNECTION");
        if (!string.IsNullOrWhiteSpace(connection))
        {
            await GivenServer.RequireAsync(connection, ct);
            return (options with { Connection = connection }, null);
        }

        var folder = Path.Combine(options.DataDirectory, "postgres");
        if (!makes && !EmbeddedPostgres.IsIn(folder))
        {
            throw Nothing(options.DataDirectory);
        }

        if (EmbeddedPostgres.FindRunning(folder, "postgres") is { } running)
        {
            return running.Host == Path.GetFullPath(folder)
                ? (options with { Connection = running.ConnectionString, Joined = new(folder, log) }, null)
                : throw new CommandFailedException($"Another process serves {options.DataDirectory}, and the path is so long that only one can. Choose a folder with a shorter path with --data.");
        }

        var cluster = await EmbeddedPostgres.StartAsync(folder, new() { KeepRunning = true }, log, ct);
        return (options with { Connection = cluster.ConnectionString("postgres").ConnectionString, Cluster = cluster }, cluster);
    }

    public static StartOptions Folders(ParseResult parsed, StartOptions options) =>
        options with { DataDirectory = Path.GetFullPath(parsed.GetValue(DataOption) ?? options.DataDirectory), ModuleFolders = parsed.GetValue(ModuleOption) ?? [] };

    public Practice Practice(string slug) => Practices.FindSlug(slug)
        ?? throw new CommandFailedException(Practices.All.Count == 0
            ? "There is no practice yet. Make one with: practice add"
            : $"There is no practice {slug}. There are: {string.Join(", ", Practices.All.Select(p => p.Row.Slug))}.");

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        if (cluster is not null)
        {
            await cluster.DisposeAsync();
        }
    }
}

/// <summary>Nothing was ever served from the folder or server that was named.</summary>
public sealed class NothingYetException(string sentence) : CommandFailedException(sentence);
