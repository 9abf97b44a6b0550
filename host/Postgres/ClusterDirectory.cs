using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Modular.Host.Disk;

namespace Modular.Host.Postgres;

/// <summary>
/// The folder of a private cluster: <c>pgdata</c>, <c>log</c>, the socket, and a lock that this process holds
/// for as long as the cluster runs (the kernel lets go of it even after a kill).
/// </summary>
internal sealed class ClusterDirectory : IDisposable
{
    private const string LockName = "modular.lock";
    private const string RestartsName = "restarts.log";
    private readonly FileStream _lock;
#pragma warning disable RS0030 // The server starts before the services do that everybody else asks.
    private readonly TimeProvider _clock = TimeProvider.System;
#pragma warning restore RS0030

    private ClusterDirectory(string root, ClusterUser user, FileStream @lock) => (Root, User, _lock) = (root, user, @lock);

    public string Root { get; }
    public ClusterUser User { get; }
    public string Pgdata => PgdataIn(Root);
    public string Log => Path.Combine(Root, "log");
    private string Unfinished => Path.Combine(Root, "pgdata.new");

    public static string PgdataIn(string root) => Path.Combine(root, "pgdata");

    /// <summary>It is there, and this user may not look into it.</summary>
    public static bool IsClosed(string root)
    {
        try
        {
            _ = Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any();
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
    }

    public int? Major => File.Exists(Path.Combine(Pgdata, "PG_VERSION"))
        ? int.Parse(File.ReadAllText(Path.Combine(Pgdata, "PG_VERSION")), CultureInfo.InvariantCulture)
        : null;

    public static async Task<ClusterDirectory> OpenAsync(string root, CancellationToken ct)
    {
        try
        {
            var user = await ClusterUser.ForAsync(Directory.Exists(PgdataIn(root)) ? PgdataIn(root) : null, ct);
            await CreateAsync(root, user, ct);
            return new ClusterDirectory(root, user, Lock(root));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new PostgresUnavailableException(
                $"The user {Environment.UserName} may not write to the data folder {root}; choose another with --data.", e);
        }
    }

    /// <summary>Makes the database files, the first time; into a folder that is renamed at the end, so that a kill half-way leaves nothing usable by mistake.</summary>
    public async Task InitialiseAsync(PostgresBinaries binaries, EmbeddedPostgresOptions options, ILogger logger, CancellationToken ct)
    {
        await RequireReachableAsync(binaries["initdb"], "-x", ct);
        if (Major is null)
        {
            logger.LogInformation("Creating the database files in {Folder} with PostgreSQL {Major}", Root, binaries.Major);
            if (Directory.Exists(Unfinished))
            {
                Directory.Delete(Unfinished, recursive: true);
            }

            await InitdbAsync(binaries, options, ct);
            await File.AppendAllTextAsync(Path.Combine(Unfinished, "postgresql.conf"), ClusterSettings.Lasting, ct);
            Directory.Move(Unfinished, Pgdata);
        }

        // Written at every start: who may sign in follows who starts the cluster.
        Replace("pg_hba.conf", $"local all {EmbeddedPostgres.Role} peer map={EmbeddedPostgres.Role}\n");
        Replace("pg_ident.conf", string.Concat(User.Admitted.Select(u => $"{EmbeddedPostgres.Role} \"{u}\" {EmbeddedPostgres.Role}\n")));
    }

    private async Task InitdbAsync(PostgresBinaries binaries, EmbeddedPostgresOptions options, CancellationToken ct)
    {
        Tool.Outcome? outcome = null;
        foreach (var locale in new[] { "C.UTF-8", "C" }) // not every system has the first
        {
            List<string> command =
            [
                binaries["initdb"], "-D", Unfinished, "-U", EmbeddedPostgres.Role, "--auth=peer",
                "--encoding=UTF8", $"--locale={locale}", "--no-instructions",
            ];
            if (options.ThrowAway)
            {
                command.Add("--no-sync");
            }

            outcome = await Tool.RunAsync(User.Run(command), ct);
            if (outcome.ExitCode == 0)
            {
                return;
            }

            if (!outcome.Error.Contains("locale", StringComparison.Ordinal))
            {
                break;
            }
        }

        throw new PostgresUnavailableException($"The database files could not be made in {Root}: {Tool.Reason(outcome!.Error)}");
    }

    // Deleted first and made anew, never opened: as root we must not follow a link somebody laid there.
    private void Replace(string name, string text)
    {
        var file = Path.Combine(Pgdata, name);
        File.Delete(file);
        using var stream = new FileStream(file, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        // The folder is closed to everybody else; this lets the cluster's user in, whatever our umask.
        File.SetUnixFileMode(stream.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private static async Task CreateAsync(string root, ClusterUser user, CancellationToken ct)
    {
        if (Directory.Exists(PgdataIn(root)))
        {
            return;
        }

        if (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any(e => Path.GetFileName(e) is not (LockName or "pgdata.new")))
        {
            throw new PostgresUnavailableException($"The folder {root} holds other files and no database; choose an empty or a new one.");
        }

        if (user.IsSomebodyElse)
        {
            await Tool.RunOrThrowAsync(
                $"The data folder {root} could not be made", ["install", "-d", "-m", "0700", "-o", user.Uid!, "-g", user.Gid!, root], ct);
        }
        else
        {
            Directory.CreateDirectory(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static FileStream Lock(string root)
    {
        try
        {
            // Reading is enough to lock, so that a file root once made does not shut its folder's owner out.
            return new FileStream(Path.Combine(root, LockName), FileMode.OpenOrCreate, FileAccess.Read, FileShare.None);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new PostgresUnavailableException($"Another process already runs the database in {root}; stop it, or choose another folder with --data.", e);
        }
    }

    public async Task RequireReachableAsync(string path, string right, CancellationToken ct)
    {
        if (!User.IsSomebodyElse || (await Tool.RunAsync(User.Run("test", right, path), ct)).ExitCode == 0)
        {
            return;
        }

        var closed = path;
        for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if ((await Tool.RunAsync(User.Run("test", "-x", folder), ct)).ExitCode != 0)
            {
                closed = folder;
            }
        }

        throw new PostgresUnavailableException(
            $"PostgreSQL runs as the user {User.Name}, who cannot reach {path} because {closed} is closed to others; choose a folder outside it.");
    }

    /// <summary>For the doctor, who is another process: when a server had to be started again, the newest at the end.</summary>
    public static IReadOnlyList<string> Restarts(string root)
    {
        var file = Path.Combine(root, RestartsName);
        return File.Exists(file) ? File.ReadAllLines(file) : [];
    }

    public async Task NoteRestartAsync(int code, TimeSpan took)
    {
        try
        {
            await PrivateFiles.AppendLineAsync(Path.Combine(Root, RestartsName), string.Create(CultureInfo.InvariantCulture,
                $"{_clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC, exit code {code}, away for {took.TotalSeconds:0.0} s"), CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk may be why it ended: the note is not worth the server.
        }
    }

    public void Dispose() => _lock.Dispose();
}
