using System.Runtime.InteropServices;

namespace Modular.Benchmarks.Running;

/// <summary>
/// Real copies of the scheduling module under other ids: own namespace, assembly, schema, addresses, permissions, messages and
/// topics. A module that only pretends would neither load an EF model nor hold views.
/// </summary>
/// <param name="work">Where they are written and built.</param>
/// <param name="repository">Whose module is copied.</param>
/// <param name="again">False takes what an earlier run built there.</param>
public sealed class ModuleCopies(string work, string repository, bool again)
{
    private readonly List<string> built = [];

    /// <summary>Builds as many as are missing and lays them among the modules.</summary>
    public async Task AddAsync(int count, string modules)
    {
        var missing = Enumerable.Range(0, count).Select(Id).Except(built).Where(id => again || !Directory.Exists(Published(id))).ToList();
        if (missing.Count > 0)
        {
            await BuildAsync(missing);
        }

        foreach (var id in Enumerable.Range(0, count).Select(Id))
        {
            Running.Published.Copy(Published(id), Path.Combine(modules, id));
        }
    }

    /// <summary>copya to copyz, copyaa to copyaz: an id has letters only.</summary>
    private static string Id(int number) => $"copy{(number < 26 ? "" : (char)('a' + (number / 26) - 1))}{(char)('a' + (number % 26))}";

    private string Published(string id) => Path.Combine(work, id, "published");

    private async Task BuildAsync(List<string> ids)
    {
        Console.Error.WriteLine($"Building {ids.Count} copies of scheduling");
        foreach (var id in ids)
        {
            var folder = Path.Combine(work, id);
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            Write(id, folder);
        }

        WriteBuildFiles(ids);
        await Command.RunAsync("dotnet", "build", Path.Combine(work, "All.proj"), "--nologo", "-v", "q", "-p:UseSharedCompilation=false", "-p:RunAnalyzers=false",
            $"-p:RuntimeIdentifier={RuntimeInformation.RuntimeIdentifier}", "-p:PublishReadyToRun=true", "-p:SelfContained=false");
        built.AddRange(ids);
    }

    private void Write(string id, string folder)
    {
        var source = Path.Combine(repository, "modules", "scheduling");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Where(f => !IsOutput(Path.GetRelativePath(source, f))))
        {
            var target = Path.Combine(folder, Renamed(Path.GetRelativePath(source, file), id));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, Renamed(File.ReadAllText(file), id));
        }
    }

    private static bool IsOutput(string path) => path.Split('/').Any(part => part is "bin" or "obj");

    private string Renamed(string text, string id) => text
        .Replace("scheduling", id, StringComparison.Ordinal)
        .Replace("Scheduling", char.ToUpperInvariant(id[0]) + id[1..], StringComparison.Ordinal)
        .Replace("../patients/", Path.Combine(repository, "modules", "patients") + "/", StringComparison.Ordinal)
        .Replace("../../../sdk/", Path.Combine(repository, "sdk") + "/", StringComparison.Ordinal);

    private void WriteBuildFiles(IReadOnlyList<string> ids)
    {
        var modules = Path.Combine(repository, "modules");
        // The copies stay where they are built: they must not land among the modules that the repository's own host loads.
        File.WriteAllText(Path.Combine(work, "Directory.Build.props"),
            $"<Project><Import Project=\"{modules}/Directory.Build.props\" /><PropertyGroup><StaysOutOfHost>true</StaysOutOfHost></PropertyGroup></Project>");
        File.WriteAllText(Path.Combine(work, "Directory.Build.targets"), $"<Project><Import Project=\"{modules}/Directory.Build.targets\" /></Project>");
        File.WriteAllText(Path.Combine(work, "Directory.Packages.props"), $"<Project><Import Project=\"{repository}/Directory.Packages.props\" /></Project>");
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
