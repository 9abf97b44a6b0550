using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Modular.Host.Postgres;

/// <summary>The running server process.</summary>
/// <remarks>
/// The kernel sends the parent-death signal when the <em>thread</em> that started the child ends, and pool threads end
/// when idle; so the server is started by a thread of its own, which then waits for it to the end.
/// </remarks>
internal sealed class Postmaster
{
    public const int FastStop = 2; // SIGINT: ends sessions, writes a checkpoint
    public const int ImmediateStop = 3; // SIGQUIT: ends at once, recovery at the next start
    public const int Kill = 9;

    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _stderr = new();
    private readonly IReadOnlyList<string> _command;

    private Postmaster(IReadOnlyList<string> command) => _command = command;

    public int Pid { get; private set; }

    /// <summary>Ends with the exit code when the server has ended, asked or not.</summary>
    public Task<int> Exited => _exited.Task;

    public string Stderr
    {
        get
        {
            lock (_stderr)
            {
                return _stderr.ToString();
            }
        }
    }

    public static async Task<Postmaster> StartAsync(IReadOnlyList<string> command)
    {
        var postmaster = new Postmaster(command);
#pragma warning disable RS0030 // The kernel ends the server with the thread that started it, so that thread lives as long as the server.
        new Thread(postmaster.Keep) { IsBackground = true, Name = "PostgreSQL" }.Start();
#pragma warning restore RS0030
        postmaster.Pid = await postmaster._started.Task;
        return postmaster;
    }

    public void Signal(int signal)
    {
        if (!Exited.IsCompleted)
        {
            _ = SendSignal(Pid, signal);
        }
    }

    private void Keep()
    {
        using var process = new Process { StartInfo = Tool.StartInfo(_command, null) };
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_stderr)
            {
                _stderr.AppendLine(line.Data);
            }
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            _started.SetException(new PostgresUnavailableException($"The program {_command[0]} could not be started: {e.Message}.", e));
            return;
        }

        process.BeginErrorReadLine();
        process.StandardOutput.Close();
        _started.SetResult(process.Id);
        process.WaitForExit();
        _exited.SetResult(process.ExitCode);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int pid, int signal);
}
