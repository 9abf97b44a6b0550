using System.Reflection;
using Microsoft.AspNetCore.Mvc.Routing;
using Modular.Host.Bus;
using Modular.Host.Installed;
using Modular.Host.Installing;
using Modular.Host.Judging;
using Modular.Sdk;

namespace Modular.Host.Cli;

/// <summary>What one module is and brings, in lines that can be searched and compared with another host's.</summary>
public static class ModuleReport
{
    public static void Write(ModuleStanding standing, HandlerMap handlers)
    {
        var (module, manifest) = (standing.Module, standing.Module.Manifest);
        Console.WriteLine($"module {module.Id} {manifest.Version}: {module.Status}{(standing.Reason is null ? "" : $": {standing.Reason}")}");
        Console.WriteLine($"  manifest: {manifest.Name}, SDK {manifest.Sdk}, {manifest.Assembly}, needs {Words(manifest.DependsOn ?? [], "no module")}, in {module.Folder}, {standing.Publisher}");
        foreach (var note in standing.Notes)
        {
            Console.WriteLine($"  note: {note}");
        }

        if (standing.Restart is { } restart)
        {
            Console.WriteLine($"  restart: {restart}");
        }

        if (!module.Runs)
        {
            return;
        }

        var declared = module.Declared;
        Console.WriteLine($"  parts: {declared.Navigation.Count} navigation entries, {declared.Slots.Count + declared.ListSlots.Count} slots, {declared.Widgets.Count} widgets, "
            + $"{declared.Search.Count} searches, {declared.Tasks.Count} tasks, {declared.Jobs.Count} jobs, {declared.Imports.Count} imports, {declared.Topics.Count} live topics, {declared.Secrets.Count} secrets, {declared.Verbs.Count} verbs");
        Console.WriteLine($"  messages in: {Words(handlers.All.Where(h => h.Module == module.Id).Select(h => $"{h.Alias} ({h.Queue})"), "none")}");
        Console.WriteLine($"  messages out: {Words(MessagesOut(module), "none")}");
        Console.WriteLine($"  assets: {Assets(module)}");
        Console.WriteLine($"  views: {SliceCheck.Views(module.Assembly!).Count()}");
        Console.WriteLine($"  permissions: {Words(declared.Permissions.Select(p => p.Id), "none")}");
        Console.WriteLine($"  migrations: {Words(module.Migrations.Migrations.Select(m => m.Name), "none")}");
        Console.WriteLine("  routes:");
        foreach (var route in Routes(module).Order(StringComparer.Ordinal))
        {
            Console.WriteLine($"    {route}");
        }
    }

    /// <summary>What it publishes for others, from the assembly that its manifest names.</summary>
    private static IEnumerable<string> MessagesOut(LoadedModule module) => SharedMessages.Of(module.Manifest) is not { } messages ? []
        : messages.GetExportedTypes().Select(MessageNames.Find).OfType<string>().Order(StringComparer.Ordinal);

    private static string Assets(LoadedModule module)
    {
        var files = new DirectoryInfo(Path.Combine(module.Folder, "wwwroot")) is { Exists: true } root ? root.GetFiles("*", SearchOption.AllDirectories) : [];
        return $"{files.Length} files, {files.Sum(f => f.Length) / 1024} KB";
    }

    private static IEnumerable<string> Routes(LoadedModule module) =>
        from slice in SliceCheck.Slices(module.Assembly!)
        from action in SliceCheck.Actions(slice)
        from route in action.GetCustomAttributes().OfType<IRouteTemplateProvider>()
        let needs = action.GetCustomAttribute<NeedsAttribute>() ?? slice.GetCustomAttribute<NeedsAttribute>()
        select $"{string.Join('|', (route as IActionHttpMethodProvider)?.HttpMethods ?? ["any"])} {route.Template} {Rule(action, needs)}";

    private static string Words(IEnumerable<string> names, string none) => string.Join(", ", names) is { Length: > 0 } some ? some : none;

    private static string Rule(MethodInfo action, NeedsAttribute? needs) => action.GetCustomAttribute<PublicPageAttribute>() is { } page
        ? $"is public: {page.Reason}" : $"needs {needs?.Permission ?? "no permission"}";
}
