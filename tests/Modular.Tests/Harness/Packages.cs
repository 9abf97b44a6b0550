using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Modular.Tests.Harness;

/// <summary>A module's package, as its maker's dotnet pack writes it, or bent by a test.</summary>
public sealed class TestPackage
{
    public const string Sums = "SHA256SUMS";

    private readonly List<(string Name, byte[] Content)> files = [];

    public List<(string Name, byte[] Content)> Files => files;

    /// <summary>The plugin's output with its version and perhaps more of its files changed.</summary>
    public static TestPackage Of(string plugin, string version = "1.0.0")
    {
        var folder = Directory.CreateTempSubdirectory("package").FullName;
        try
        {
            Plugins.Copy(plugin, folder);
            var package = new TestPackage();
            var root = Path.Combine(folder, plugin);
            foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
            {
                package.files.Add((Path.GetRelativePath(root, file), File.ReadAllBytes(file)));
            }

            return package.With("module.json", text => text.Replace("\"1.0.0\"", $"\"{version}\"", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public TestPackage With(string name, Func<string, string> change)
    {
        var at = files.FindIndex(f => f.Name == name);
        files[at] = (name, Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(files[at].Content))));
        return this;
    }

    public TestPackage Add(string name, string content)
    {
        files.Add((name, Encoding.UTF8.GetBytes(content)));
        return this;
    }

    public string Hashes() => string.Concat(files.Select(f => $"{Convert.ToHexStringLower(SHA256.HashData(f.Content))}  {f.Name}\n"));

    public MemoryStream Zip(string? hashes = null, ECDsa? signedBy = null, Action<ZipArchive>? more = null)
    {
        var result = new MemoryStream();
        var list = Encoding.UTF8.GetBytes(hashes ?? Hashes());
        using (var zip = new ZipArchive(result, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files.Append((Sums, list)))
            {
                Write(zip, name, content);
            }

            if (signedBy is not null)
            {
                Write(zip, $"{Sums}.sig", signedBy.SignData(list, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
            }

            more?.Invoke(zip);
        }

        result.Position = 0;
        return result;
    }

    public static ZipArchiveEntry Write(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name);
        using (var stream = entry.Open())
        {
            stream.Write(content);
        }

        return entry;
    }
}
