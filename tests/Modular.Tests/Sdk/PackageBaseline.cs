using System.IO.Compression;
using Modular.Tests.Harness;

namespace Modular.Tests.Sdk;

/// <summary>The packages that <c>dotnet pack</c> compares those of today with (sdk/baseline): small, for they hold what is public and no code.</summary>
internal static class PackageBaseline
{
    private static readonly DateTimeOffset Always = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="folder">Of the assembly's project; nothing is recorded when it is no package that is compared.</param>
    public static void Record(string assembly, string folder)
    {
        if (!File.ReadAllText(Path.Combine(Repository.Root, folder, $"{assembly}.csproj")).Contains("PackageBaseline.props", StringComparison.Ordinal))
        {
            return;
        }

        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        Write(Path.Combine(Repository.Root, "sdk", "baseline", $"{assembly}.nupkg"), assembly,
            File.ReadAllBytes(Path.Combine(Repository.Root, folder, "obj", configuration, "net10.0", "ref", $"{assembly}.dll")));
    }

    /// <summary>The same bytes for the same assembly, so that a record which changes nothing changes no file.</summary>
    public static void Write(string file, string assembly, byte[] reference)
    {
        using var package = new ZipArchive(File.Create(file), ZipArchiveMode.Create);
        Add($"{assembly}.nuspec", System.Text.Encoding.UTF8.GetBytes($"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata><id>{assembly}</id><version>0.0.0</version><authors>Modular</authors><description>What the last release promised.</description></metadata>
            </package>
            """));
        Add($"lib/net10.0/{assembly}.dll", reference);

        void Add(string name, byte[] content)
        {
            var entry = package.CreateEntry(name, CompressionLevel.SmallestSize);
            entry.LastWriteTime = Always;
            using var stream = entry.Open();
            stream.Write(content);
        }
    }
}
