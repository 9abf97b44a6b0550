using System.Runtime.InteropServices;

namespace Modular.Benchmarks.Running;

/// <summary>
/// Real copies of the scheduling module under other ids: own namespace, assembly, schema, addresses, permissions, messages and
/// topics. A module that only pretends would neither load an EF model nor hold views.
/// </summary>
public static class ModuleCopies
{
    public static async Task BuildAsync(int copies, string work, string modules)
    {
        Console.Error.WriteLine($"Building {copies} copies of scheduling");
        if (Directory.Exists(work))
        {
            Directory.Delete(work, recursive: true);
        }

        var ids = Enumerable.Range(1, copies).Select(i => $"copy{(char)('a' + i - 1)}").ToList();
        foreach (var id in ids)
        {
            Write(id, Path.Combine(work, id));
        }

        WriteBuildFiles(work, ids);
        await Command.RunAsync("dotnet", "build", Path.Combine(work, "All.proj"), "--nologo", "-v", "q", "-p:UseSharedCompilation=false", "-p:RunAnalyzers=false",
            $"-p:RuntimeIdentifier={RuntimeInformation.RuntimeIdentifier}", "-p:PublishReadyToRun=true", "-p:SelfContained=false");
        foreach (var id in ids)
        {
            Published.Copy(Path.Combine(work, id, "published"), Path.Combine(modules, id));
        }
    }

    private static void Write(string id, string folder)
    {
        var source = Path.Combine(Published.Repository, "modules", "scheduling");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Where(f => !IsOutput(Path.GetRelativePath(source, f))))
        {
            var target = Path.Combine(folder, Renamed(Path.GetRelativePath(source, file), id));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, Renamed(File.ReadAllText(file), id));
        }
    }

    private static bool IsOutput(string path) => path.Split('/').Any(part => part is "bin" or "obj");

    private static string Renamed(string text, string id) => text
        .Replace("scheduling", id, StringComparison.Ordinal)
        .Replace("Scheduling", char.ToUpperInvariant(id[0]) + id[1..], StringComparison.Ordinal)
        .Replace("../patients/", Path.Combine(Published.Repository, "modules", "patients") + "/", StringComparison.Ordinal)
        .Replace("../../../sdk/", Path.Combine(Published.Repository, "sdk") + "/", StringComparison.Ordinal);

    private static void WriteBuildFiles(string work, IReadOnlyList<string> ids)
    {
        var modules = Path.Combine(Published.Repository, "modules");
        // The copies stay where they are built: they must not land among the modules that the repository's own host loads.
        File.WriteAllText(Path.Combine(work, "Directory.Build.props"),
            $"<Project><Import Project=\"{modules}/Directory.Build.props\" /><PropertyGroup><StaysOutOfHost>true</StaysOutOfHost></PropertyGroup></Project>");
        File.WriteAllText(Path.Combine(work, "Directory.Build.targets"), $"<Project><Import Project=\"{modules}/Directory.Build.targets\" /></Project>");
        File.WriteAllText(Path.Combine(work, "Directory.Packages.props"), $"<Project><Import Project=\"{Published.Repository}/Directory.Packages.props\" /></Project>");
        var projects = string.Concat(ids.Select(id => $"<P Include=\"{id}/Modular.{char.ToUpperInvariant(id[0]) + id[1..]}.csproj\" />"));
        File.WriteAllText(Path.Combine(work, "All.proj"), $"""
            <Project>
              <ItemGroup>{projects}</ItemGroup>
              <Target Name="Build">
                <MSBuild Projects="@(P)" Targets="Restore" Properties="Configuration=Release;MSBuildRestoreSessionId=copies" />
                <MSBuild Projects="@(P)" Targets="Publish" Properties="Configuration=Release;PublishDir=published/" />
              </Target>
            </Project>
            """);
    }
}
