using System.Runtime.InteropServices;

namespace Modular.Host.Postgres;

/// <summary>The operating system's user a cluster runs as: ourselves, or, because PostgreSQL refuses root, another one.</summary>
internal sealed record ClusterUser(string Name, string? Uid, string? Gid)
{
    public bool IsSomebodyElse => Uid is not null;

    public static bool WeAreRoot => Geteuid() == 0;

    /// <summary>Users that may sign in as the cluster's role: the one that runs it and the one that runs us.</summary>
    public IEnumerable<string> Admitted => new[] { Name, Environment.UserName }.Distinct();

    /// <param name="existing">A cluster's folder, whose owner wins over the default.</param>
    public static async Task<ClusterUser> ForAsync(string? existing, CancellationToken ct)
    {
        if (!WeAreRoot)
        {
            return new ClusterUser(Environment.UserName, null, null);
        }

        var name = "postgres";
        if (existing is not null)
        {
            name = (await Tool.RunAsync(["stat", "-c", "%U", existing], ct)).Output.Trim();
            if (name is "root" or "UNKNOWN")
            {
                throw new PostgresUnavailableException(
                    $"{existing} belongs to {name}, as whom PostgreSQL cannot run. Type: chown -R postgres: {Path.GetDirectoryName(existing)}");
            }
        }

        var uid = await Tool.RunAsync(["id", "-u", name], ct);
        var gid = await Tool.RunAsync(["id", "-g", name], ct);
        return uid.ExitCode == 0 && gid.ExitCode == 0
            ? new ClusterUser(name, uid.Output.Trim(), gid.Output.Trim())
            : throw new PostgresUnavailableException(
                $"PostgreSQL does not run as root and there is no user {name}. Type: useradd --system {name}");
    }

    /// <summary>The command as this user.</summary>
    public IReadOnlyList<string> Run(params IEnumerable<string> command) => [.. SetPriv(), .. command];

    /// <summary>
    /// The command as this user, in a session of its own, so that Ctrl-C in our terminal does not end the database
    /// before we have finished with it; ended by SIGINT (its clean stop) when the thread that starts it dies.
    /// </summary>
    public IReadOnlyList<string> RunTiedToUs(params IEnumerable<string> command) =>
        ["setsid", .. SetPriv("--pdeathsig", "INT"), .. command];

    private IEnumerable<string> SetPriv(params string[] more)
    {
        IEnumerable<string> become = IsSomebodyElse ? [$"--reuid={Uid}", $"--regid={Gid}", "--clear-groups"] : [];
        IEnumerable<string> options = [.. become, .. more];
        return options.Any() ? ["setpriv", .. options, "--"] : [];
    }

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint Geteuid();
}
