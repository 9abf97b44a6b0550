using System.IO.Compression;
using System.Security.Cryptography;

namespace Modular.Host.Installing;

/// <summary>A module's <c>.zip</c>, taken apart with suspicion: nothing of it is believed before it is checked, and nothing of it is run.</summary>
public static class ModulePackage
{
    private const long LargestList = 2 * 1024 * 1024;

    /// <summary>Checks the package and writes its files below an empty folder.</summary>
    /// <returns>Who signed it; null when nobody did.</returns>
    /// <exception cref="PackageRefusedException">With the sentence for the administrator; the folder is then to be thrown away.</exception>
    public static string? Unpack(Stream package, string folder, PublisherKeys publishers)
    {
        try
        {
            using var archive = new ZipArchive(package, ZipArchiveMode.Read);
            var entries = PackageEntries.Of(archive);
            var list = Small(entries, PackageHashes.FileName)
                ?? throw new PackageRefusedException($"The package has no {PackageHashes.FileName}; pack the module with dotnet pack, which writes it.");
            var signer = Small(entries, PublisherKeys.SignatureFile) is { } signature ? publishers.Signer(list, signature) : null;
            Write(entries, PackageHashes.Read(list), folder);
            return signer;
        }
        // An upload of a few bytes is refused by its own stream, before the archive can say what it lacks.
        catch (Exception e) when (e is InvalidDataException or ArgumentOutOfRangeException)
        {
            throw new PackageRefusedException("This is not a .zip, or it is damaged. Fetch it again.");
        }
    }

    private static byte[]? Small(IReadOnlyList<ZipArchiveEntry> entries, string name)
    {
        if (entries.FirstOrDefault(e => e.FullName == name) is not { } entry)
        {
            return null;
        }

        using var content = entry.Open();
        using var copy = new MemoryStream();
        Copy(content, copy, name, LargestList);
        return copy.ToArray();
    }

    private static void Write(IReadOnlyList<ZipArchiveEntry> entries, PackageHashes hashes, string folder)
    {
        var files = entries.Where(e => e.FullName is not (PackageHashes.FileName or PublisherKeys.SignatureFile)).ToList();
        if (hashes.Files.Except(files.Select(f => f.FullName)).FirstOrDefault() is { } missing)
        {
            throw new PackageRefusedException($"The file {missing} is in the list {PackageHashes.FileName}, but not in the package.");
        }

        var left = PackageEntries.MostBytes;
        foreach (var entry in files)
        {
            var path = Path.Combine(folder, entry.FullName);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var content = entry.Open())
            using (var file = new FileStream(path, FileMode.CreateNew))
            {
                // Counted while written: what an entry says of its size is its maker's word.
                left -= Copy(content, file, entry.FullName, left);
            }

            using var written = File.OpenRead(path);
            hashes.Check(entry.FullName, SHA256.HashData(written));
        }
    }

    private static long Copy(Stream from, Stream to, string name, long most)
    {
        var buffer = new byte[81920];
        var total = 0L;
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            total += read;
            if (total > most)
            {
                throw new PackageRefusedException($"The file {name} unpacks to more than the package may hold.");
            }

            to.Write(buffer, 0, read);
        }

        return total;
    }
}
