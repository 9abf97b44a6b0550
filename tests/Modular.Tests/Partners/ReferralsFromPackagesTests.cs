using System.IO.Compression;
using System.Text.RegularExpressions;
using Modular.Tests.Harness;

namespace Modular.Tests.Partners;

/// <summary>The referrals module is a partner's: copied out of the repository, it builds, tests and packs from the packages alone.</summary>
[Collection(typeof(PartnerCommands))]
public sealed partial class ReferralsFromPackagesTests(PackedFeed feed)
{
    [Fact]
    public async Task Referrals_copied_out_of_the_repository_builds_tests_and_packs_from_the_packages_alone()
    {
        var folder = Path.Combine(await feed.FolderAsync("copied"), "referrals");
        Copy(Path.Combine(Repository.Root, "modules", "referrals"), folder);
        var environment = new Dictionary<string, string?>(await feed.EnvironmentAsync()) { ["ModularVersion"] = feed.Version };

        var tested = await Command.RunAsync(folder, environment, "dotnet", "test", "-c", "Release");
        var counts = Counts().Match(tested);
        Assert.True(counts.Success, tested);
        Assert.Equal(("0", "0"), (counts.Groups["failed"].Value, counts.Groups["skipped"].Value));
        Assert.InRange(int.Parse(counts.Groups["passed"].Value), 15, 100);

        await Command.RunAsync(folder, environment, "dotnet", "pack", "--no-build", "-o", "out");
        using var zip = ZipFile.OpenRead(Path.Combine(folder, "out", "referrals-0.9.0.zip"));
        var files = zip.Entries.Select(e => e.FullName).Where(f => !f.EndsWith(".pdb", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        Assert.Equal(
            ["Help/index.md", "Help/referrals.md", "Help/specialists.md", "Letters/referral-letter.en.liquid", "Letters/referral-letter.es.liquid",
                "Migrations/0001_referrals.sql", "Migrations/0002_projections.sql", "Migrations/0003_steps.sql", "Modular.Patients.Messages.dll", "Modular.Referrals.Messages.dll",
                "Modular.Referrals.deps.json", "Modular.Referrals.dll", "SHA256SUMS", "es/Modular.Referrals.resources.dll", "module.json"],
            files);
        Assert.True(File.Exists(Path.Combine(folder, "out", "Modular.Referrals.Messages.0.9.0.nupkg")));
    }

    /// <summary>As a partner has it: the tests of the repository, which stand on its own kit, stay behind.</summary>
    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(from, file);
            var parts = path.Split(Path.DirectorySeparatorChar);
            if (!parts.Any(part => part is "bin" or "obj") && (parts[0] != "tests" || parts[1] == "packages"))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, path))!);
                File.Copy(file, Path.Combine(to, path));
            }
        }
    }

    [GeneratedRegex(@"Failed:\s+(?<failed>\d+), Passed:\s+(?<passed>\d+), Skipped:\s+(?<skipped>\d+)")]
    private static partial Regex Counts();
}
