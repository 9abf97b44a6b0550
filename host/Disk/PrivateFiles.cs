using Modular.Host.Files;

namespace Modular.Host.Disk;

/// <summary>
/// Files and folders that hold something of a practice: readable by the host's own user alone, whatever the umask of whoever started it.
/// Everything that the host and its verbs write goes through here.
/// </summary>
public static class PrivateFiles
{
    public const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode Folder = File | UnixFileMode.UserExecute;

    private const UnixFileMode OfGroup = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;

    /// <summary>PostgreSQL's own folder belongs to its user, who keeps it closed; a host that is root must not shut that user out.</summary>
    private const string Cluster = "postgres";

    /// <summary>The folder and those above it that are missing. One that is there is left as it is.</summary>
    public static string CreateFolder(string path) =>
        OperatingSystem.IsWindows() ? Directory.CreateDirectory(path).FullName : Directory.CreateDirectory(path, Folder).FullName;

    /// <exception cref="IOException">It is there already, and <paramref name="mode"/> makes a new one.</exception>
    public static FileStream Create(string path, FileMode mode = FileMode.CreateNew)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File;
        }

        return new(path, options);
    }

    /// <summary>Written beside and moved into place: whoever reads finds the old text or the new one.</summary>
    public static async Task WriteAsync(string path, string text, CancellationToken ct)
    {
        var beside = $"{path}.{Guid.NewGuid():N}";
        await using (var stream = Create(beside))
        {
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), ct);
        }

        System.IO.File.Move(beside, path, overwrite: true);
    }

    /// <summary>Adds a line at the end; one that a crash cut off before it stays a line of its own.</summary>
    public static async Task AppendLineAsync(string path, string line, CancellationToken ct)
    {
        await using var stream = Create(path, FileMode.OpenOrCreate);
        var cut = false;
        if (stream.Length > 0)
        {
            stream.Seek(-1, SeekOrigin.End);
            cut = stream.ReadByte() != '\n';
        }

        stream.Seek(0, SeekOrigin.End);
        await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"{(cut ? "\n" : "")}{line}\n"), ct);
    }

    /// <summary>
    /// Closes what is in the data folder and open to others, from before it was made like this or because somebody copied it there. A folder
    /// for a scanner that an administrator opened to a group stays open to that group.
    /// </summary>
    /// <param name="passed">PostgreSQL runs as a user of its own, in a folder below: it has to pass through, and can list nothing.</param>
    /// <returns>What belongs to somebody else and is still open.</returns>
    public static IReadOnlyList<string> Close(string root, bool passed)
    {
        var left = new List<string>();
        if (OperatingSystem.IsWindows() || !Directory.Exists(root))
        {
            return left;
        }

        Close(root, passed ? Folder | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : Folder, left);
        var folders = new Queue<(string Path, UnixFileMode Group)>([(root, UnixFileMode.None)]);
        while (folders.TryDequeue(out var folder))
        {
            foreach (var entry in Entries(folder.Path).Where(e => e.LinkTarget is null && !(folder.Path == root && e.Name == Cluster)))
            {
                if (entry is DirectoryInfo)
                {
                    var group = InPractices(root, entry.FullName) && entry.UnixFileMode.HasFlag(UnixFileMode.GroupWrite) ? OfGroup : UnixFileMode.None;
                    Close(entry.FullName, Folder | UnixFileMode.SetGroup | group, left);
                    folders.Enqueue((entry.FullName, group));
                }
                else
                {
                    Close(entry.FullName, File | folder.Group, left);
                }
            }
        }

        return left;
    }

    private static bool InPractices(string root, string path) =>
        path.StartsWith(Path.Combine(root, "practices") + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static FileSystemInfo[] Entries(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).GetFileSystemInfos();
        }
        catch (Exception e) when (e is DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return []; // gone meanwhile, or closed to us by its owner
        }
    }

    /// <summary>Takes rights away and gives none.</summary>
    private static void Close(string path, UnixFileMode most, List<string> left)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && System.IO.File.GetUnixFileMode(path) is var mode && (mode & ~most) != 0)
            {
                System.IO.File.SetUnixFileMode(path, mode & most);
            }
        }
        catch (FileNotFoundException)
        {
            // Gone meanwhile.
        }
        catch (UnauthorizedAccessException)
        {
            left.Add(path);
        }
    }
}
