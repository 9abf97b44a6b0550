using System.Text;
using System.Text.RegularExpressions;

namespace Modular.Host.Installing;

/// <summary><c>SHA256SUMS</c> of a package, in the form that <c>sha256sum -c</c> reads: a line for every other file.</summary>
public sealed partial class PackageHashes
{
    public const string FileName = "SHA256SUMS";

    private readonly Dictionary<string, string> sums = [];

    public IEnumerable<string> Files => sums.Keys;

    /// <exception cref="PackageRefusedException">It cannot be read.</exception>
    public static PackageHashes Read(byte[] content)
    {
        var hashes = new PackageHashes();
        foreach (var line in Encoding.UTF8.GetString(content).Split('\n').Select(l => l.TrimEnd('\r')).Where(l => l.Length > 0))
        {
            if (Line().Match(line) is not { Success: true } match || !hashes.sums.TryAdd(match.Groups[2].Value, match.Groups[1].Value.ToLowerInvariant()))
            {
                throw new PackageRefusedException($"Its list {FileName} cannot be read.");
            }
        }

        return hashes;
    }

    /// <exception cref="PackageRefusedException">The file is not what its maker packed.</exception>
    public void Check(string file, byte[] sha256)
    {
        if (!sums.TryGetValue(file, out var expected))
        {
            throw new PackageRefusedException($"The file {file} is not in the list {FileName}, so nobody can say whether it belongs there.");
        }

        if (expected != Convert.ToHexStringLower(sha256))
        {
            throw new PackageRefusedException($"The file {file} is not the one its maker packed: its SHA-256 differs from the list {FileName}. Fetch the package again.");
        }
    }

    [GeneratedRegex("^([0-9a-fA-F]{64}) [ *](.+)$")]
    private static partial Regex Line();
}
