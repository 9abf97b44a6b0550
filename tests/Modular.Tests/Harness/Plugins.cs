namespace Modular.Tests.Harness;

/// <summary>The plugins of tests/Plugins, as their build left them.</summary>
public static class Plugins
{
    /// <param name="name">Another folder and id than its own.</param>
    public static void Copy(string id, string modules, string? name = null)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var source = Path.Combine(Repository.Root, "tests", "Plugins", id, "bin", configuration, "net10.0");
        var target = Directory.CreateDirectory(Path.Combine(modules, name ?? id)).FullName;
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to, overwrite: true);
        }

        if (name is not null)
        {
            var manifest = Path.Combine(target, "module.json");
            File.WriteAllText(manifest, File.ReadAllText(manifest).Replace($"\"{id}\"", $"\"{name}\"", StringComparison.Ordinal));
        }
    }
}
