using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Modular.Host.Postgres;

/// <summary>
/// A private PostgreSQL cluster in a folder: no TCP, no password; the operating system's user is the proof.
/// It ends with this process, even when this process is killed, and is started again when it ends before.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    public const string Role = "modular";
    internal const int Port = 5432; // names the socket only
    internal const string SocketName = ".s.PGSQL.5432";
    private const int LongestSocketPath = 107; // sockaddr_un.sun_path less its closing zero
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    /// <summary>Between two tries to start a server again.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly ClusterDirectory _directory;
    private readonly EmbeddedPostgresOptions _options;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private Postmaster? _postmaster;
    private Task _keeping = Task.CompletedTask;
    private Task _restarting = Task.CompletedTask;
    private volatile ClusterState _state = new(0, null);

    private EmbeddedPostgres(ClusterDirectory directory, PostgresBinaries binaries, EmbeddedPostgresOptions options, ILogger logger)
    {
        (_directory, Binaries, _options, _logger) = (directory, binaries, options, logger);
        SocketDirectory = directory.Root;
    }

    public PostgresBinaries Binaries { get; }
    public string DataDirectory => _directory.Root;
    public string SocketDirectory { get; private set; }
    public int ProcessId => _postmaster!.Pid;

    /// <summary>Ends when the server has ended, asked or not.</summary>
    public Task Exited => _postmaster!.Exited;

    public ClusterState State => _state;

    /// <summary>The server ended by itself and runs again: no connection from before is good.</summary>
    public event Action? Restarted;

    public static async Task<EmbeddedPostgres> StartAsync(
        string dataDirectory, EmbeddedPostgresOptions? options, ILogger logger, CancellationToken ct)
    {
        options ??= new EmbeddedPostgresOptions();
        var directory = await ClusterDirectory.OpenAsync(Path.GetFullPath(dataDirectory).TrimEnd('/'), ct);
        EmbeddedPostgres? cluster = null;
        try
        {
            await directory.RequireReachableAsync(directory.Root, "-w", ct);
            var binaries = await PostgresBinaries.FindServerAsync(directory.Major, ct);
            await directory.InitialiseAsync(binaries, options, logger, ct);
            cluster = new EmbeddedPostgres(directory, binaries, options, logger);
            await cluster.ChooseSocketDirectoryAsync(ct);
            await cluster.StartAsync(ct);
            cluster._keeping = cluster.KeepAsync();
            return cluster;
        }
        catch
        {
            await (cluster?.DisposeAsync() ?? ValueTask.CompletedTask);
            directory.Dispose();
            throw;
        }
    }

    /// <summary>Whether the folder holds a cluster, running or not. A folder that may not be looked into counts as one: whoever starts it is told why.</summary>
    public static bool IsIn(string dataDirectory) => Directory.Exists(ClusterDirectory.PgdataIn(dataDirectory)) || ClusterDirectory.IsClosed(dataDirectory);

    /// <summary>Where a cluster that another process runs in this folder can be reached (a backup beside a serving host); null when none runs.</summary>
    public static NpgsqlConnectionStringBuilder? FindRunning(string dataDirectory, string database)
    {
        try
        {
            return PostmasterPid.Read(ClusterDirectory.PgdataIn(Path.GetFullPath(dataDirectory))) is { IsReady: true, IsAlive: true } running
                ? Connection(running.SocketDirectory, database)
                : null;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new PostgresUnavailableException(
                $"The user {Environment.UserName} may not look into {dataDirectory}; run this as the user who started Modular, or as root.", e);
        }
    }

    public NpgsqlConnectionStringBuilder ConnectionString(string database) => Connection(SocketDirectory, database);

    // Auto-prepare took the same page from 670 to 1,100 requests a second.
    private static NpgsqlConnectionStringBuilder Connection(string socketDirectory, string database) =>
        new() { Host = socketDirectory, Port = Port, Username = Role, Database = database, MaxAutoPrepare = 100 };

    private async Task ChooseSocketDirectoryAsync(CancellationToken ct)
    {
        if (Encoding.UTF8.GetByteCount(Path.Combine(_directory.Root, SocketName)) <= LongestSocketPath)
        {
            return;
        }

        SocketDirectory = Directory.CreateTempSubdirectory("modular-").FullName; // made with 0700 under a name nobody can guess
        if (_directory.User is { IsSomebodyElse: true } user)
        {
            await Tool.RunOrThrowAsync(
                "The folder for the database's socket could not be handed over", ["chown", $"{user.Uid}:{user.Gid}", SocketDirectory], ct);
        }

        _logger.LogInformation(
            "The database's socket is in {Folder}, because its path in {DataFolder} would pass the system's {Limit} bytes",
            SocketDirectory, _directory.Root, LongestSocketPath);
    }

    private async Task StartAsync(CancellationToken ct)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(ct);
        bound.CancelAfter(_options.StartTimeout);
        try
        {
            do
            {
                await WaitForPreviousAsync(bound.Token);
                _postmaster = await Postmaster.StartAsync(_directory.User.RunTiedToUs(
                    [Binaries["postgres"], .. ClusterSettings.Arguments(_directory, SocketDirectory, _options)]));
            }
            while (!await IsReadyAsync(_postmaster, bound.Token));
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new PostgresUnavailableException($"PostgreSQL was not ready in {_options.StartTimeout.TotalSeconds:0} s; its log is in {_directory.Log}.", e);
        }
    }

    /// <summary>A killed host's server may still be stopping; one that somebody else keeps running is an error in the end.</summary>
    private async Task WaitForPreviousAsync(CancellationToken ct)
    {
        var waited = Stopwatch.StartNew();
        while (PostmasterPid.Read(_directory.Pgdata) is { } previous)
        {
            if (!previous.IsAlive)
            {
                previous.Clear(_directory.Pgdata);
                return;
            }

            if (waited.Elapsed > _options.StopTimeout)
            {
                throw new PostgresUnavailableException(
                    $"Another PostgreSQL (process {previous.Pid}) serves {_directory.Root}; stop it, or choose another folder with --data.");
            }

            await Task.Delay(Tick, ct);
        }
    }

    private async Task<bool> IsReadyAsync(Postmaster postmaster, CancellationToken ct)
    {
        while (!postmaster.Exited.IsCompleted)
        {
            if (PostmasterPid.Read(_directory.Pgdata) is { IsReady: true } pid && pid.Pid == postmaster.Pid)
            {
                return true;
            }

            await Task.WhenAny(postmaster.Exited, Task.Delay(Tick, ct));
            ct.ThrowIfCancellationRequested();
        }

        // Sessions of a killed server hold its shared memory for a moment longer.
        if (postmaster.Stderr.Contains("still in use", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), ct);
            return false;
        }

        throw new PostgresUnavailableException($"PostgreSQL did not start: {Tool.Reason(postmaster.Stderr)} Its log is in {_directory.Log}.");
    }

    private async Task KeepAsync()
    {
        for (var tries = 0; ;)
        {
            var ran = Stopwatch.StartNew();
            var code = await _postmaster!.Exited;
            if (_stopping.IsCancellationRequested)
            {
                return;
            }

            _logger.LogCritical("PostgreSQL ended by itself with exit code {ExitCode}; its log is in {Folder}", code, _directory.Log);
            if (!_options.KeepRunning)
            {
                return;
            }

            // One that ends again and again right after its start is not helped by haste.
            tries = ran.Elapsed > LongestWait ? 0 : tries + 1;
            var down = Stopwatch.StartNew();
            var restarting = RestartAsync(tries, code);
            _restarting = restarting;
            if (!await restarting)
            {
                return;
            }

            _logger.LogWarning("PostgreSQL runs again after {Seconds:0.0} s", down.Elapsed.TotalSeconds);
            await _directory.NoteRestartAsync(code, down.Elapsed);
            _state = new(_state.Restarts + 1, null);
            Restarted?.Invoke();
        }
    }

    /// <returns>False when the host stops first.</returns>
    private async Task<bool> RestartAsync(int tries, int code)
    {
        _state = _state with { Down = $"It ended by itself with exit code {code} and is being started again." };
        while (true)
        {
            try
            {
                var wait = tries == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(Math.Pow(2, tries - 1), LongestWait.TotalSeconds));
                await Task.Delay(wait, _stopping.Token);
                await StartAsync(_stopping.Token);
                return true;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
            catch (Exception e)
            {
                tries++;
                var reason = e is PostgresUnavailableException ? e.Message : Logging.Failure.Describe(e);
                _state = _state with { Down = $"It could not be started again: {reason}" };
                _logger.LogCritical("PostgreSQL could not be started again: {Reason}", reason);
                _postmaster!.Signal(Postmaster.ImmediateStop);
            }
        }
    }

    /// <summary>Stops the server: cleanly, or at once when that takes too long.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _restarting;
        if (_postmaster is { } postmaster)
        {
            var abrupt = TimeSpan.FromSeconds(5);
            foreach (var (signal, bound) in new[] { (Postmaster.FastStop, _options.StopTimeout), (Postmaster.ImmediateStop, abrupt), (Postmaster.Kill, abrupt) })
            {
                postmaster.Signal(signal);
                if (await Task.WhenAny(postmaster.Exited, Task.Delay(bound)) == postmaster.Exited)
                {
                    break;
                }

                _logger.LogWarning("PostgreSQL did not stop in {Seconds} s; ending it harder", bound.TotalSeconds);
            }

            if (postmaster.Exited.IsCompleted)
            {
                await _keeping;
            }
        }

        if (SocketDirectory != _directory.Root && Directory.Exists(SocketDirectory))
        {
            Directory.Delete(SocketDirectory, recursive: true);
        }

        _directory.Dispose();
        _stopping.Dispose();
    }
}

/// <summary>How a server that is kept running stands.</summary>
/// <param name="Down">Why it does not run at this moment; null when it does.</param>
public sealed record ClusterState(int Restarts, string? Down);
