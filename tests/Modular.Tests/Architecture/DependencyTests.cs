using System.Xml.Linq;
using Modular.Tests.Harness;

namespace Modular.Tests.Architecture;

/// <summary>Modules speak by messages: a module's project names the SDK (through the shared build files) and messages, nothing else of ours.</summary>
public sealed class DependencyTests
{
    [Fact]
    public void No_module_references_another_module_or_the_host()
    {
        var forbidden =
            from project in Directory.EnumerateFiles(Path.Combine(Repository.Root, "modules"), "*.csproj", SearchOption.AllDirectories)
            from reference in XDocument.Load(project).Descendants("ProjectReference")
            let target = reference.Attribute("Include")!.Value
            // A module's own tests refer to it.
            where !project.Contains("/tests/", StringComparison.Ordinal)
            where !target.EndsWith(".Messages.csproj", StringComparison.Ordinal) && !target.EndsWith("Modular.Sdk.csproj", StringComparison.Ordinal)
            // A library of its own, in a folder below it.
            where target.StartsWith("..", StringComparison.Ordinal) || !File.Exists(Path.Combine(Path.GetDirectoryName(project)!, target))
            select $"{Path.GetFileName(project)} → {target}";

        Assert.Empty(forbidden);
    }

    /// <summary>A project that another only refers to is built as Debug when the solution is built as Release.</summary>
    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Modular.slnx"));
        var forgotten =
            from folder in new[] { "host", "sdk", "modules", "tests", "e2e" }
            from project in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories)
            where !project.Contains("/obj/", StringComparison.Ordinal) && !project.Contains("/bin/", StringComparison.Ordinal)
            // The template's projects are built where it is used, by tests of their own.
            where !project.Contains("/Modular.Templates/content/", StringComparison.Ordinal)
            // Nor is a module's own tests' project: it is made of the packages, which a test makes first.
            where !(folder == "modules" && project.Contains("/tests/", StringComparison.Ordinal))
            // Nor is the one that is built for a module named on the command line.
            where Path.GetFileName(project) != "Modular.Tests.OneModule.csproj"
            where !solution.Contains(Path.GetFileName(project), StringComparison.Ordinal)
            select project;

        Assert.Empty(forgotten);
    }

    [Fact]
    public void No_file_is_longer_than_three_hundred_lines_without_a_reason_given_here()
    {
        // path suffix → reason
        var reasons = new Dictionary<string, string>();
        var folders = new[] { "host", "sdk", "modules" }.Select(f => Path.Combine(Repository.Root, f));
        var longer =
            from file in folders.SelectMany(f => Directory.EnumerateFiles(f, "*.cs", SearchOption.AllDirectories))
            where !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
            let lines = File.ReadLines(file).Count()
            where lines > 300 && !reasons.Keys.Any(file.EndsWith)
            select $"{Path.GetRelativePath(Repository.Root, file)}: {lines}";

        Assert.Empty(longer);
    }
}
