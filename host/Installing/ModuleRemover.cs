using Modular.Host.Enabling;
using Modular.Host.Judging;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Host.Start;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Installing;

/// <summary>Takes a module off this host: off in every practice at once, its files with the next start, its data never.</summary>
public sealed class ModuleRemover(StartOptions options, ModuleEnabling enabling, PracticeRegistry practices)
{
    /// <summary>Whether it may be taken off.</summary>
    /// <exception cref="PackageRefusedException">With the sentence.</exception>
    public ModuleManifest Check(string id)
    {
        var installed = ManifestJudge.Discover(options.ModulesDirectory);
        var module = installed.FirstOrDefault(m => m.Id == id) ?? throw new PackageRefusedException($"There is no module {id}.");
        if (installed.FirstOrDefault(m => (m.Manifest.DependsOn ?? []).Contains(id)) is { } dependent)
        {
            throw new PackageRefusedException($"{dependent.Manifest.Name} needs {module.Manifest.Name}; remove that first.");
        }

        var folders = new ModuleFolders(options.ModulesDirectory);
        if (module.Folder != folders.Of(id))
        {
            throw new PackageRefusedException($"{module.Manifest.Name} is in {module.Folder}, which is not a folder of its id; delete that folder and restart.");
        }

        return module.Manifest;
    }

    /// <exception cref="PackageRefusedException">With the sentence; nothing was changed.</exception>
    public async Task<ModuleManifest> RemoveAsync(string id, Actor actor, CancellationToken ct)
    {
        var module = Check(id);
        foreach (var practice in practices.All)
        {
            bool on;
            await using (var connection = await practice.OpenAsync(ct))
            {
                on = await IsOnAsync(connection, id, ct);
            }

            if (on)
            {
                await enabling.DisableAsync(practice, id, actor, ct);
            }
        }

        var folders = new ModuleFolders(options.ModulesDirectory);
        using var alone = folders.Lock();
        folders.MarkForRemoval(id);
        return module;
    }

    /// <summary>Asked of the database: a module that does not run in this process may be on all the same.</summary>
    internal static async Task<bool> IsOnAsync(NpgsqlConnection connection, string id, CancellationToken ct)
    {
        await using var command = connection.Command("select exists (select from core.modules where module = $1 and state <> 'off')", id);
        return await command.ExecuteScalarAsync(ct) is true;
    }
}
