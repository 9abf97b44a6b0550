using System.Security.Cryptography;
using Modular.Host.Installed;
using Modular.Host.Judging;
using Modular.Host.Judging.Compatibility;
using Modular.Host.Start;
using Modular.Sdk;

namespace Modular.Host.Installing;

/// <param name="Before">Version that runs until the next start; null for a module that is new here.</param>
/// <param name="Signer">The trusted publisher; null when nobody signed it.</param>
/// <param name="Sha256">Of the package.</param>
public sealed record Installation(ModuleManifest Manifest, string? Before, string? Signer, string Sha256)
{
    public string Signed => Signer is null ? "unsigned" : $"signed by {Signer}";
}

/// <param name="Unsigned">The administrator takes it although nobody signed it.</param>
/// <param name="Tables">Migrations that are applied in the practices.</param>
/// <param name="ReplacesPublisher">Whose module the administrator knows to be the same; null when that was not said.</param>
public sealed record InstallWish(bool Unsigned, IReadOnlyCollection<AppliedMigration> Tables, string? ReplacesPublisher = null);

/// <summary>Takes a package in: checked, unpacked beside the modules, judged as it would be at start, moved. Runs nothing of it.</summary>
public sealed class ModuleInstaller(StartOptions options)
{
    public const string Unsigned = "Nobody signed this package, so nobody can say who made it. A module can do whatever Modular itself can: read every record, change it, send it away.";

    private readonly ModuleFolders folders = new(options.ModulesDirectory);

    /// <param name="package">Seekable.</param>
    /// <exception cref="PackageRefusedException">With the sentence; nothing was changed.</exception>
    public Installation Install(Stream package, InstallWish wish)
    {
        using var alone = Alone();
        var folder = folders.Fresh();
        try
        {
            var sha = Convert.ToHexStringLower(SHA256.HashData(package));
            package.Position = 0;
            var signer = ModulePackage.Unpack(package, folder, new(options.Publishers));
            if (signer is null && (options.SignedOnly || !wish.Unsigned))
            {
                throw new PackageRefusedException(Unsigned + (options.SignedOnly ? " This host takes signed packages only." : ""));
            }

            var (manifest, before) = Judge(folder, signer, wish);
            ModuleFolders.NotePublisher(folder, signer);
            folders.Take(folder, manifest.Id);
            return new(manifest, before, signer, sha);
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private (ModuleManifest Manifest, string? Before) Judge(string folder, string? signer, InstallWish wish)
    {
        var installed = ManifestJudge.Discover(options.ModulesDirectory);
        var module = ManifestJudge.Judge(folder, installed);
        if (module.Status == ModuleStatus.Found)
        {
            var beside = installed.Where(m => m.Id != module.Id && m.Status == ModuleStatus.Found).Append(module).ToList();
            MemberCheck.RefuseUnmet([module], SharedMessages.Of(beside));
        }

        if (module.Status != ModuleStatus.Found)
        {
            throw new PackageRefusedException(module.Reason!);
        }

        var before = installed.FirstOrDefault(m => m.Id == module.Id);
        if (before is not null && before.Folder != folders.Of(module.Id))
        {
            throw new PackageRefusedException($"{module.Id} is installed in {before.Folder}, which is not a folder of its name; remove it there first.");
        }

        return TakeOver.Fault(module, signer, before, wish, folders) is { } fault ? throw new PackageRefusedException(fault) : (module.Manifest, before?.Manifest.Version);
    }

    private IDisposable Alone()
    {
        try
        {
            return folders.Lock();
        }
        catch (UnauthorizedAccessException)
        {
            throw new PackageRefusedException($"Modular may not write to {options.ModulesDirectory}. Install with the command line, as whoever owns that folder.");
        }
        catch (IOException)
        {
            throw new PackageRefusedException("Another install is under way, or the modules directory cannot be written. Try again in a moment.");
        }
    }
}
