using System.Globalization;

namespace Modular.Host.Postgres;

/// <summary>PostgreSQL's own note in its data folder of which process serves it, where, and whether it is ready.</summary>
internal sealed record PostmasterPid(int Pid, string SocketDirectory, bool IsReady, string Text)
{
    private static string FileIn(string pgdata) => Path.Combine(pgdata, "postmaster.pid");

    public static PostmasterPid? Read(string pgdata)
    {
        try
        {
            var text = File.ReadAllText(FileIn(pgdata));
            var lines = text.Split('\n', StringSplitOptions.TrimEntries);
            return int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                ? new PostmasterPid(pid, lines.ElementAtOrDefault(4) ?? "", lines.ElementAtOrDefault(7) == "ready", text)
                : null;
        }
        catch (IOException)
        {
            return null; // none, or being written at this moment
        }
    }

    /// <remarks>
    /// A process number alone proves nothing: after a crash or a reboot it may be anybody's. A postmaster works inside
    /// its data folder, so the same note is found by way of the process itself.
    /// </remarks>
    public bool IsAlive
    {
        get
        {
            try
            {
                return Read($"/proc/{Pid}/cwd")?.Pid == Pid;
            }
            catch (UnauthorizedAccessException)
            {
                return false; // another user's process; the folder's own user can always look
            }
        }
    }

    /// <summary>Takes away what a dead postmaster left, so that a reused process number is not mistaken for it.</summary>
    public void Clear(string pgdata)
    {
        File.Delete(FileIn(pgdata));
        if (SocketDirectory.Length > 0 && Directory.Exists(SocketDirectory))
        {
            File.Delete(Path.Combine(SocketDirectory, EmbeddedPostgres.SocketName));
            File.Delete(Path.Combine(SocketDirectory, EmbeddedPostgres.SocketName + ".lock"));
        }
    }
}
