using Modular.Host.Installed;

namespace Modular.Host.Installing;

/// <summary>What a package may not quietly take the place of: the product's own modules, another publisher's, tables that are ahead of it.</summary>
public static class TakeOver
{
    /// <summary>The name of whoever signed nothing, as <c>--replace-publisher</c> takes it.</summary>
    public const string Nobody = "nobody";

    /// <returns>The sentence; null when nothing is in the way.</returns>
    public static string? Fault(LoadedModule module, string? signer, LoadedModule? before, InstallWish wish, ModuleFolders folders) =>
        ProductModules.Has(module.Id, folders) ? $"The module {module.Id} comes with Modular and is upgraded with it; no package takes its place."
            : OtherPublisher(module.Id, signer, wish, folders) ?? Older(module, before, wish);

    private static string? OtherPublisher(string id, string? signer, InstallWish wish, ModuleFolders folders)
    {
        var (now, next) = (folders.Publisher(id), signer ?? Nobody);
        return now is null || now == next || now == wish.ReplacesPublisher ? null
            : $"The module {id} on this host is {Signed(now)}, and this package is {Signed(next)}: it may be another module that only has the same name. "
                + $"If you know that it is the same, install it on the command line with --replace-publisher \"{now}\".";
    }

    private static string Signed(string publisher) => publisher == Nobody ? "signed by nobody" : $"signed by {publisher}";

    private static string? Older(LoadedModule module, LoadedModule? before, InstallWish wish)
    {
        var (id, version) = (module.Id, module.Manifest.Version);
        var ahead = wish.Tables.Where(t => t.Module == id && module.Migrations.Migrations.All(m => m.Name != t.Name)).ToList();
        var older = before is not null && IsOlder(version, before.Manifest.Version);
        if (ahead.Count == 0)
        {
            return older
                ? $"{module.Manifest.Name} {before!.Manifest.Version} is installed; {version} is older. Its tables are the same, so there is a way back that keeps its data: "
                    + $"module remove {id} --confirm {id}, start Modular once, then install {version}."
                : null;
        }

        var beginning = older ? $"{module.Manifest.Name} {before!.Manifest.Version} is installed; {version} is older, and its tables have moved on since."
            : $"{module.Manifest.Name} {version} is older than its tables are.";
        var where = string.Join(", ", ahead.GroupBy(t => t.Practice).Select(p => $"{p.Key} has {p.Last().Name}"));
        return $"{beginning} It does not know what changed them last: {where}. Install a version that does. The way back to {version} gives up its data, after an export: "
            + $"{(before is null ? "" : $"module remove {id} --confirm {id}, start Modular once, ")}module purge {id} --export FILE.zip --confirm {id}, then install {version}.";
    }

    private static bool IsOlder(string one, string other) =>
        Version.TryParse(one.Split('-', '+')[0], out var a) && Version.TryParse(other.Split('-', '+')[0], out var b) && a < b;
}
