using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Modules;

/// <summary>What the page for an administrator says of each module: how it stands here, and what the next restart will bring.</summary>
public sealed class ModulesPageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modules").FullName;

    [Fact]
    public async Task Every_module_says_how_it_stands_and_what_a_restart_would_change()
    {
        foreach (var id in new[] { "younger", "elder", "panels", "throws", "unguarded", "undeclared", "leans" })
        {
            Plugins.Copy(id, folder);
        }

        await using var host = await TestHost.StartAsync(options: o => o with { ModulesDirectory = folder });
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        await manager.SubmitAsync(await manager.PageAsync("/admin/modules/disable/panels"), "form.form");
        Directory.Delete(Path.Combine(folder, "elder"), recursive: true);
        var manifest = Path.Combine(folder, "younger", "module.json");
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest)).Replace("\"1.0.0\"", "\"1.1.0\"", StringComparison.Ordinal));
        Plugins.Copy("counting", folder);

        var page = await manager.PageAsync("/admin/modules");

        string Of(string id, string part) => page.QuerySelector($"#module-{id} {part}")?.TextContent.Trim() ?? "";
        Assert.Equal(("On", "Off", "Failed to start"), (Of("younger", "header .tag"), Of("panels", "header .tag"), Of("throws", "header .tag")));
        Assert.Equal(("Refused", "Refused", "Not supported"), (Of("unguarded", "header .tag"), Of("undeclared", "header .tag"), Of("leans", "header .tag")));
        Assert.Equal("Needs a restart. Version 1.1.0 is on disk and starts with the next restart.", Of("younger", ".note.warn"));
        Assert.Equal("Needs a restart. Removed from disk; it runs until the next restart.", Of("elder", ".note.warn"));
        Assert.Equal("", Of("panels", ".note.warn"));
        Assert.Contains("Restart Modular to start it.", page.QuerySelector(".page > .note.info")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("undeclared", Of("leans", "dl"), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
