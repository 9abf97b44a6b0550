using Modular.Host.Disk;
using Modular.Host.Installed;

namespace Modular.Host.Judging;

/// <summary>
/// A file per module that is being started, held open and deleted when its start returned. One that nobody holds open is left
/// from a process that died in that start: after two of them the module is held back. Hosts that start at once do not count each other.
/// </summary>
public sealed class StartMarkers(string dataDirectory)
{
    private const int Crashes = 2;

    private readonly string folder = Path.Combine(dataDirectory, "starting");

    public static string Reason(LoadedModule module) =>
        $"The host died twice while {module.Manifest.Name} was starting, so it is left out. Replace its files or report it to its maker, then let it try again.";

    public bool HoldsBack(string module) => Left(module).Count >= Crashes;

    /// <summary>Starts the module under a marker. Without a writable folder it starts without one.</summary>
    public void Guard(string module, Action start)
    {
        using var marker = Open(module);
        start();
        if (marker is not null)
        {
            // The crashes before were another version's, or passing.
            Forget(module);
        }
    }

    /// <summary>The module is started again next time.</summary>
    public void Forget(string module) => Left(module).ForEach(File.Delete);

    private FileStream? Open(string module)
    {
        try
        {
            PrivateFiles.CreateFolder(folder);
            return new(Path.Combine(folder, $"{module}.{Guid.CreateVersion7():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private List<string> Left(string module) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, $"{module}.*").Where(IsLeft)] : [];

    /// <summary>The lock on an open file ends with its process, however that ended.</summary>
    private static bool IsLeft(string file)
    {
        try
        {
            using var free = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
