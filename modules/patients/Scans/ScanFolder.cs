using System.Text;
using Modular.Sdk;

namespace Modular.Patients.Scans;

/// <summary>A file as it lies in the folder at one look.</summary>
public sealed record SeenFile(string Name, long Length, DateTimeOffset WrittenAt);

/// <summary>
/// The folder of one location. A file is first moved into <c>taking</c>, which only one can do, and leaves it when it is in the
/// database: a process that dies in between finds it there again. Links are never followed: a file that stands for another is refused.
/// </summary>
public sealed class ScanFolder(string path)
{
    // Half-written files of copying programs, and what a desktop leaves behind.
    private static readonly string[] Unfinished = [".tmp", ".part", ".partial", ".crdownload", ".filepart"];

    /// <summary>The practice's folder that holds those of its locations.</summary>
    public const string Root = "scans";

    public string Path { get; } = path;

    private string Taking => System.IO.Path.Combine(Path, "taking");

    private string Refused => System.IO.Path.Combine(Path, "refused");

    /// <summary>Named after the location for those who set up the scanner; found by its number when the location has another name by now.</summary>
    public static ScanFolder Of(IFolders folders, Location location)
    {
        var (root, number) = (folders.PathOf(Root), location.Id.ToString("N")[^6..]);
        var known = Directory.Exists(root) ? Directory.EnumerateDirectories(root, $"*-{number}").Order(StringComparer.Ordinal).FirstOrDefault() : null;
        return new(known ?? System.IO.Path.Combine(root, $"{Plain(location.Name)}-{number}"));
    }

    /// <summary>False too when somebody put a link in its place, which would lead what arrives out of it.</summary>
    public bool Exists => new DirectoryInfo(Path) is { Exists: true, LinkTarget: null }
        && new DirectoryInfo(Taking).LinkTarget is null && new DirectoryInfo(Refused).LinkTarget is null;

    /// <summary>For the host's own user alone; whoever sets up the scanner may open the folder to a group.</summary>
    public void Make()
    {
        foreach (var folder in new[] { Taking, Refused })
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
    }

    public IEnumerable<SeenFile> Arrived() => new DirectoryInfo(Path).EnumerateFiles()
        .Where(f => !f.Name.StartsWith('.') && !f.Name.StartsWith('~') && !Unfinished.Contains(f.Extension.ToLowerInvariant()))
        .Select(f => new SeenFile(f.Name, f.LinkTarget is null ? f.Length : 0, f.LastWriteTimeUtc));

    /// <summary>Moves a file aside, so that it is taken by one process alone and no longer written to. False when another was faster.</summary>
    public bool Take(string name)
    {
        try
        {
            Make();
            File.Move(System.IO.Path.Combine(Path, name), System.IO.Path.Combine(Taking, $"{Guid.CreateVersion7():N}_{Short(name)}"));
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    public IReadOnlyList<TakenFile> Taken() => !Directory.Exists(Taking) ? [] : [.. new DirectoryInfo(Taking).EnumerateFiles().OrderBy(f => f.Name, StringComparer.Ordinal)
        .Where(f => f.Name.Length > 33 && Guid.TryParseExact(f.Name[..32], "N", out _))
        .Select(f => new TakenFile(Guid.ParseExact(f.Name[..32], "N"), f.Name[33..], f, System.IO.Path.Combine(Refused, f.Name[33..])))];

    private static string Plain(string name)
    {
        var words = new string([.. name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]).Split('-', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? "location" : string.Join('-', words)[..Math.Min(40, string.Join('-', words).Length)];
    }

    /// <summary>A name of a file system is at most 255 bytes, and it gets 33 more here.</summary>
    private static string Short(string name)
    {
        var extension = System.IO.Path.GetExtension(name);
        var stem = extension.Length < 10 ? name[..^extension.Length] : name;
        while (Encoding.UTF8.GetByteCount(stem) > 180)
        {
            stem = stem[..^1];
        }

        return extension.Length < 10 ? stem + extension : stem;
    }
}

/// <summary>A file that was moved aside.</summary>
/// <param name="Id">Of this attempt, the same after a crash.</param>
public sealed record TakenFile(Guid Id, string Name, FileInfo File, string RefusedAs)
{
    /// <exception cref="FileRefusedException">A link, or larger than anything that could be kept.</exception>
    public async Task<byte[]> ReadAsync(CancellationToken ct)
    {
        if (File.LinkTarget is not null)
        {
            throw new FileRefusedException($"{Name} is a link to another file. Put the file itself into the folder.");
        }

        // An empty file may also be a pipe, which would be waited for without end.
        if (File.Length == 0)
        {
            throw new FileRefusedException($"{Name} is empty.");
        }

        return File.Length <= 200 * 1024 * 1024 ? await System.IO.File.ReadAllBytesAsync(File.FullName, ct) : throw new FileRefusedException($"{Name} is larger than 200 MB.");
    }

    public void Done() => File.Delete();

    /// <summary>Kept for whoever wants to look at it; never over another of the same name.</summary>
    public void Refuse()
    {
        var to = System.IO.File.Exists(RefusedAs) ? System.IO.Path.Combine(System.IO.Path.GetDirectoryName(RefusedAs)!, $"{Id:N}_{Name}") : RefusedAs;
        System.IO.File.Move(File.FullName, to);
    }
}
