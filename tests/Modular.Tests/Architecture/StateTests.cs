using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Installed;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Architecture;

/// <summary>States are types and permissions constants: a slip of the pen is found by the compiler.</summary>
public sealed partial class StateTests(SharedHost shared)
{
    private InstalledModules Modules => shared.Host.Services.GetRequiredService<InstalledModules>();

    [Fact]
    public async Task No_state_is_compared_with_its_word()
    {
        await using var scope = shared.Host.Scope(shared.Host.North);
        var states =
            from module in Modules.Running
            from type in module.Declared.Databases
            from entity in ((DbContext)scope.ServiceProvider.GetRequiredService(type)).Model.GetEntityTypes()
            from property in entity.GetProperties()
            let state = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType
            where state.IsEnum
            from name in Enum.GetNames(state)
            select (Module: module.Id, Word: Names.Kebab(name));
        var words = states.Distinct().ToLookup(s => s.Module, s => s.Word);

        Assert.True(words.SelectMany(w => w).Count() > 20, "The law would be empty without states.");
        Assert.Equal([], from module in words
                         from line in Lines(module.Key)
                         from Match match in Compared().Matches(line.Text)
                         where module.Contains(match.Groups["word"].Value)
                         select $"{line.File}: {match.Value}");
    }

    [Theory]
    [InlineData("visit.Status == \"booked\"", true)]
    [InlineData("r.Step is \"sent\" or \"booked\"", true)]
    [InlineData("case \"booked\":", true)]
    [InlineData("\"booked\" => \"Expected\"", true)]
    [InlineData("[\"booked\"] = \"Expected\"", false)]
    [InlineData("visit.Status == VisitStatus.Booked", false)]
    public void A_comparison_with_a_word_is_found_wherever_it_stands(string line, bool found) =>
        Assert.Equal(found, Compared().Matches(line).Any(m => m.Groups["word"].Value == "booked"));

    [Fact]
    public void No_permission_is_written_out_but_in_its_class()
    {
        var permissions = Modules.Running.SelectMany(m => m.Declared.Permissions).Select(p => $"\"{p.Id}\"").ToList();

        Assert.Equal([], from module in Modules.Running
                         from line in Lines(module.Id)
                         where !line.File.EndsWith("Permissions.cs", StringComparison.Ordinal)
                         from permission in permissions
                         where line.Text.Contains(permission, StringComparison.Ordinal)
                         select $"{line.File}: {permission}");
    }

    private static IEnumerable<(string File, string Text)> Lines(string module)
    {
        var folder = Path.Combine(Repository.Root, "modules", module);
        return !Directory.Exists(folder) ? [] :
            from file in Directory.EnumerateFiles(folder, "*.cs*", SearchOption.AllDirectories)
            where Path.GetExtension(file) is ".cs" or ".cshtml"
            let name = Path.GetRelativePath(folder, file)
            where !name.StartsWith("tests/", StringComparison.Ordinal) && !name.Contains("obj/", StringComparison.Ordinal) && !name.Contains("bin/", StringComparison.Ordinal)
            from line in File.ReadLines(file)
            select ($"{module}/{name}", line);
    }

    [GeneratedRegex("""(?<=(==|!=|\bis|\bis not|\bor|\bcase)\s*\(?)"(?<word>[a-z-]+)"|"(?<word>[a-z-]+)"(?=\s*=>)""")]
    private static partial Regex Compared();
}
