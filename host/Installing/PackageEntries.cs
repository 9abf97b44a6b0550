using System.IO.Compression;

namespace Modular.Host.Installing;

/// <summary>The list of a package's files, judged before a byte of them is written: where each would go, how many, how large.</summary>
public static class PackageEntries
{
    public const int MostFiles = 5_000;
    public const long MostBytes = 300L * 1024 * 1024;
    private const int LongestName = 200;
    private const int FileKind = 0xF000;
    private const int RegularFile = 0x8000;

    /// <summary>The files, without the entries that only name a folder.</summary>
    /// <exception cref="PackageRefusedException">With the first fault.</exception>
    public static IReadOnlyList<ZipArchiveEntry> Of(ZipArchive archive)
    {
        if (archive.Entries.Count > MostFiles)
        {
            throw new PackageRefusedException($"The package has {archive.Entries.Count:N0} files; at most {MostFiles:N0} are taken.");
        }

        var files = archive.Entries.Where(e => !e.FullName.EndsWith('/') || e.Length > 0).ToList();
        if ((files.Select(Fault).FirstOrDefault(f => f is not null) ?? Twice(files) ?? ManifestFault(files)) is { } fault)
        {
            throw new PackageRefusedException(fault);
        }

        // Added up as decimals: made-up sizes must not wrap round to a small one.
        return files.Sum(e => (decimal)e.Length) <= MostBytes ? files
            : throw new PackageRefusedException($"Unpacked, the package is larger than {MostBytes / 1024 / 1024} MB.");
    }

    private static string? Fault(ZipArchiveEntry entry)
    {
        var name = entry.FullName;
        if (name.Length > LongestName || name.Any(c => char.IsControl(c) || c is '\\' or ':') || name.Split('/').Any(part => part is "" or "." or ".."))
        {
            return $"The package holds a file named {Shown(name)}, which would leave the module's folder or cannot be a file's name everywhere.";
        }

        // The upper half of the attributes is the Unix mode; zero is a package from a system without one.
        return ((entry.ExternalAttributes >> 16) & FileKind) is not (0 or RegularFile) ? $"The package holds {Shown(name)}, which is a link or a device; only plain files are taken."
            : entry.IsEncrypted ? $"The file {Shown(name)} is encrypted."
            : null;
    }

    /// <summary>Upper and lower case alike, and no file where another needs a folder.</summary>
    private static string? Twice(IReadOnlyList<ZipArchiveEntry> files)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return files.FirstOrDefault(e => !names.Add(e.FullName)) is { } twice ? $"The package holds {Shown(twice.FullName)} twice."
            : files.FirstOrDefault(e => Folders(e.FullName).Any(names.Contains)) is { } below ? $"The package holds {Shown(below.FullName)} below a file of the same name."
            : null;
    }

    private static IEnumerable<string> Folders(string name)
    {
        for (var slash = name.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = name.IndexOf('/', slash + 1))
        {
            yield return name[..slash];
        }
    }

    private static string? ManifestFault(IReadOnlyList<ZipArchiveEntry> files)
    {
        var manifests = files.Where(e => e.Name.Equals("module.json", StringComparison.OrdinalIgnoreCase)).Select(e => e.FullName).ToList();
        return !manifests.Contains("module.json") ? "The package has no module.json at its top, so it is not a module."
            : manifests.Count > 1 ? "The package has more than one module.json, so it is not clear which module it is."
            : null;
    }

    /// <summary>A hostile name is shown without what a terminal would obey.</summary>
    private static string Shown(string name) => new([.. name.Take(80).Select(c => char.IsControl(c) ? '?' : c)]);
}
