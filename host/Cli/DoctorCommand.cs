using System.CommandLine;
using Modular.Host.Data;
using Modular.Host.Modules;

namespace Modular.Host.Cli;

public static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Say what is installed, what is wrong with it, and which migrations wait. Changes nothing.");
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = await AdminSession.OpenAsync(parsed, ct, migrate: false);
            var modules = session.Services.GetRequiredService<InstalledModules>();
            Console.WriteLine($"SDK {ManifestJudge.SdkVersion.ToString(2)}, .NET {Environment.Version}");
            foreach (var module in modules.All)
            {
                Describe(module);
            }

            var pending = 0;
            foreach (var practice in session.Practices.All.OrderBy(p => p.Row.Slug))
            {
                await using var connection = await practice.Database.OpenConnectionAsync(ct);
                var applied = await Migrator.AppliedAsync(connection, ct);
                var waiting = modules.Migrations.SelectMany(s => s.Migrations.Where(m => !applied.ContainsKey((s.Owner, m.Name))).Select(m => $"{s.Owner}/{m.Name}")).ToList();
                pending += waiting.Count;
                Console.WriteLine($"practice {practice.Row.Slug}: {practice.Row.Status}, {(waiting.Count == 0 ? "up to date" : $"{waiting.Count} migrations wait: {string.Join(", ", waiting)}")}");
            }

            return modules.All.All(m => m.Runs) && pending == 0 ? 0 : 1;
        });
        command.AddConnection();
        return command;
    }

    private static void Describe(LoadedModule module)
    {
        var declared = module.Declared;
        Console.WriteLine($"module {module.Id} {module.Manifest.Version}: {module.Status}{(module.Reason is null ? "" : $": {module.Reason}")}");
        if (module.Runs)
        {
            Console.WriteLine($"  {declared.Permissions.Count} permissions, {declared.Slots.Count} slots, {declared.Widgets.Count} widgets, {declared.Jobs.Count} jobs, {declared.Imports.Count} imports, {module.Migrations.Migrations.Count} migrations");
        }
    }
}
